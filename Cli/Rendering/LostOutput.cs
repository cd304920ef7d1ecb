using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Cli.Rendering;

/// <summary>The result was not written to the end. Without it the exit code must not be 0.</summary>
internal static class LostOutput
{
    public const int Code = (int)ExitCode.Prerequisite;

    public static string Text(string problem) => DiagnosticText.Of(Diagnostic.Error(
        SystemCodes.ResultNotWritten,
        $"The output could not be written: {problem}",
        "write it elsewhere; what the command did is done, and `tfgrid-compose status` shows it"));
}
