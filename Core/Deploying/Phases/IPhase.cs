using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation;

namespace TfgridCompose.Core.Deploying.Phases;

/// <summary>A phase of <c>up</c> after validate.</summary>
public interface IPhase
{
    PhaseId Id { get; }

    /// <summary>If one of these phases runs, this one runs again, whatever its own inputs.</summary>
    IReadOnlyList<PhaseId> RunsAfter { get; }

    /// <summary>A fingerprint of everything that the phase works from.</summary>
    string Inputs(UpRun run);

    /// <summary>The parts of the inputs, to name those that changed. Asked only if the fingerprint differs.</summary>
    IReadOnlyList<InputPart> Parts(UpRun run);

    Task RunAsync(UpRun run, CancellationToken cancellation);

    /// <summary>What the planner needs to know about it.</summary>
    sealed PhaseInputs InputsOf(UpRun run) => new(Id, Inputs(run), RunsAfter)
    {
        ChangesSince = last => InputRecording.ChangesSince(run.Record, Id, last, () => Parts(run)),
    };
}
