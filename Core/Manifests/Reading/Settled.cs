using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Manifests.Reading;

/// <summary>Finishes reading: throws all problems if there is an error, otherwise returns the warnings.</summary>
internal static class Settled
{
    /// <summary>In file order. Throws <see cref="DiagnosticException"/>.</summary>
    public static List<Diagnostic> Warnings(TreeReader reader, ExitCode exitCode = ExitCode.Usage)
    {
        // Two readers may have reported the same bad value.
        List<Diagnostic> problems =
        [
            .. reader.Problems.Distinct()
                .OrderBy(problem => problem.Location?.Line ?? 0)
                .ThenBy(problem => problem.Location?.Column ?? 0),
        ];
        return problems.Exists(problem => problem.Severity == Severity.Error)
            ? throw new DiagnosticException(exitCode, problems)
            : problems;
    }
}
