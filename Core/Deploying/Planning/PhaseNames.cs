using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Deploying.Planning;

/// <summary>Phases as people name them on the command line.</summary>
public static class PhaseNames
{
    /// <summary>Those that can be chosen: validate always runs.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. Enum.GetValues<PhaseId>().Where(phase => phase != PhaseId.Validate).Select(phase => phase.Word())];

    public static PhaseId Parse(string word) =>
        Enum.GetValues<PhaseId>()
            .Where(phase => phase != PhaseId.Validate && phase.Word() == word)
            .Select(phase => (PhaseId?)phase)
            .FirstOrDefault()
            ?? throw new DiagnosticException(
                ExitCode.Usage,
                PlanCodes.UnknownPhase,
                $"'{word}' is not a phase that can be chosen.",
                $"use one of {string.Join(", ", All)}");
}
