using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Records.Deployments;

namespace TfgridCompose.Core.Deploying.Planning;

/// <summary>Keeps the parts of each phase's inputs in the record, and compares them with those of now.</summary>
internal static class InputRecording
{
    public static DeploymentRecord With(
        DeploymentRecord record, PhaseId phase, string inputs, IReadOnlyList<InputPart> parts) => record with
        {
            PhaseInputs =
            [
                .. record.PhaseInputs.Where(known => known.Phase != phase.Word()),
                new RecordedInputs(phase.Word(), inputs, InputLines.Of(record.Seed, parts)),
            ],
        };

    /// <summary>What changed since the run whose inputs had this fingerprint.</summary>
    public static InputChanges ChangesSince(
        DeploymentRecord record, PhaseId phase, string? inputs, Func<IReadOnlyList<InputPart>> parts) =>
        Of(record, phase) is { Parts.Count: > 0 } known && known.Inputs == inputs
            ? InputLines.Between(known.Parts, InputLines.Of(record.Seed, parts()))
            : InputChanges.Unknown;

    public static RecordedInputs? Of(DeploymentRecord record, PhaseId phase) =>
        record.PhaseInputs.FirstOrDefault(known => known.Phase == phase.Word());
}
