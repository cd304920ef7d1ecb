using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Manifests.Reading;

/// <summary>Ends a reading: everything at once where there is an error, the warnings otherwise.</summary>
internal static class Settled
{
    /// <summary>In the file's order. Throws <see cref="DiagnosticException"/>.</summary>
    public static List<Diagnostic> Warnings(TreeReader reader, ExitCode exitCode = ExitCode.Usage)
    {
        // Two readers may have met the same bad value.
        List<Diagnostic> problems =
        [
            .. reader.Problems.Distinct().OrderBy(problem => problem.Location?.Line ?? 0).ThenBy(problem => problem.Location?.Column ?? 0),
        ];
        return problems.Exists(problem => problem.Severity == Severity.Error)
            ? throw new DiagnosticException(exitCode, problems)
            : problems;
    }
}
