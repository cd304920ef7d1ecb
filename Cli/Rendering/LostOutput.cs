using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Cli.Rendering;

/// <summary>The result was not written to the end. Without it the exit code must not be 0.</summary>
internal static class LostOutput
{
    public const int Code = (int)ExitCode.Prerequisite;

    /// <summary>Whether the exit code stands for a result: nobody has read it. That of a failure stays.</summary>
    public static bool Replaces(int code) => code is (int)ExitCode.Done or (int)ExitCode.HasChanges;

    /// <param name="problem">The system's reason.</param>
    /// <param name="changes">Whether the verb changes a deployment, so that it is not simply run again.</param>
    public static string Text(string problem, bool changes) => DiagnosticText.Of(Diagnostic.Error(
        SystemCodes.ResultNotWritten,
        $"The output could not be written: {problem}",
        changes
            ? "the command itself was carried out: `tfgrid-compose status` shows the current state"
            : "run it again with the output elsewhere"));
}
