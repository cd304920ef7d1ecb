using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Cli.Rendering;

/// <summary>The result could not be written completely, so the exit code must not be 0.</summary>
internal static class LostOutput
{
    public const int Code = (int)ExitCode.Prerequisite;

    /// <summary>Whether the exit code stands for a result, which was lost. The exit code of a failure stays.</summary>
    public static bool Replaces(int code) => code is (int)ExitCode.Done or (int)ExitCode.HasChanges;

    /// <param name="problem">The system's reason.</param>
    /// <param name="changes">Whether the verb changes a deployment, so that it should not simply be run again.</param>
    public static string Text(string problem, bool changes) => DiagnosticText.Of(Diagnostic.Error(
        SystemCodes.ResultNotWritten,
        $"The output could not be written: {problem}",
        changes
            ? "the command itself was carried out: `tfgrid-compose status` shows the current state"
            : "run it again, and write the output elsewhere"));
}
