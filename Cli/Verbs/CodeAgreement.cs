using TfgridCompose.Cli.Rendering;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Trust;

namespace TfgridCompose.Cli.Verbs;

/// <summary>Shows what of an app would act on this computer, and asks. Only <c>--trust</c> answers instead of a person.</summary>
internal static class CodeAgreement
{
    /// <param name="options">The verb's options.</param>
    /// <param name="context">Where to ask.</param>
    public static Func<TrustQuestion, bool> Of(ITrustingOptions options, VerbContext context) =>
        question => IsGiven(question, options, context);

    private static bool IsGiven(TrustQuestion question, ITrustingOptions options, VerbContext context)
    {
        string text = TrustView.Text(question);
        if (options.Trust)
        {
            context.Streams.Error.WriteLine(text);
            return true;
        }

        if (context.Global.NonInteractive || !context.Streams.IsInteractive || IsBuildServer(context))
        {
            throw new DiagnosticException(
                ExitCode.Prerequisite,
                PhaseCodes.NotTrusted,
                $"{text}\nNobody has agreed to that yet, and there is nobody to ask.",
                $"read it; if you trust it, run the same command again with `--{ITrustingOptions.Option}`");
        }

        context.Streams.Error.WriteLine(text);
        return context.Confirm("Do you trust it?", $"--{ITrustingOptions.Option}");
    }

    // Some build servers give their jobs a terminal, but nobody is there to answer.
    private static bool IsBuildServer(VerbContext context) =>
        context.Here.Environment.GetValueOrDefault("CI") is { Length: > 0 } word && word is not ("false" or "0");
}
