using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Removing;

/// <summary>Destroys a deployment and proves that nothing of it is left.</summary>
internal sealed class ProvenDestruction
{
    private readonly Surroundings _here;
    private readonly DeploymentDestruction _destruction;
    private bool _cancelsContracts;

    private ProvenDestruction(Surroundings here, DeploymentDestruction destruction, string proof) =>
        (_here, _destruction, Proof) = (here, destruction, proof);

    /// <summary>How the end is proven, for the tombstone.</summary>
    public string Proof { get; }

    /// <summary>Whether anything was removed, or may have been.</summary>
    public bool HasRemoved => _destruction.HasDestroyed || _cancelsContracts;

    /// <summary>Finds the tools and chooses how to prove the end. Throws before anything is touched.</summary>
    public static ProvenDestruction Prepare(Surroundings here, DeploymentRecord record, bool unverified)
    {
        var destruction = DeploymentDestruction.Prepare(here, record);
        return new ProvenDestruction(here, destruction, ProofOf(here, record, destruction, unverified));
    }

    /// <param name="record">The deployment, with every contract that is known of it.</param>
    /// <param name="cancellation">Lets the running tool end by itself.</param>
    public async Task RunAsync(DeploymentRecord record, CancellationToken cancellation)
    {
        var end = new EndProof(_here, record, asksGrid: Proof == EndedDeployment.ByGrid);
        await _destruction.BeginAsync(cancellation);
        DiagnosticException? failure = await _destruction.RunAsync(cancellation);
        if (failure is not null)
        {
            if (await EndedWithoutTerraformAsync(end, GridName.Parse(record.Grid), failure, cancellation))
            {
                return;
            }

            throw await WithWhatIsLeftAsync(end, failure, cancellation);
        }

        DeploymentEnd left = await ProveAsync(end, record, cancellation);
        if (!left.NothingLeft)
        {
            throw end.Left(left, null);
        }
    }

    // Terraform failed at resources, but all that they stand for are contracts. The local grid ends them without Terraform; on a paid
    // grid, somebody else may have.
    private async Task<bool> EndedWithoutTerraformAsync(
        EndProof end, GridName grid, DiagnosticException failure, CancellationToken cancellation)
    {
        if (!_destruction.FailedAtResource || failure.Diagnostics.Any(problem => problem.Code != TerraformCodes.DestroyFailed))
        {
            return false;
        }

        try
        {
            if (!grid.IsLocal && !(await end.LookAsync(cancellation)).IsLeftInStateOnly)
            {
                return false;
            }

            DeploymentEnd left = await end.ProveAsync(onCancelling: () => _cancelsContracts = true, cancellation);
            if (left.IsLeftInStateOnly)
            {
                _here.Events.Emit(new Note(
                    $"Terraform could not destroy {string.Join(", ", left.Resources)}, but the grid shows that all contracts have ended"));
            }

            return left.IsLeftInStateOnly;
        }
        catch (DiagnosticException)
        {
            return false;
        }
    }

    // The grid cannot be asked, or not about the right twin: nothing is proven. With a state, the user can choose
    // --unverified.
    private async Task<DeploymentEnd> ProveAsync(
        EndProof end, DeploymentRecord record, CancellationToken cancellation)
    {
        try
        {
            return await end.ProveAsync(onCancelling: () => _cancelsContracts = true, cancellation);
        }
        catch (DiagnosticException problem) when (problem.Diagnostics.Any(IsUnanswered))
        {
            throw new DiagnosticException(problem.ExitCode, [.. problem.Diagnostics.Select(diagnostic => diagnostic with
            {
                Message = $"Could not verify that nothing of {record.Name} ({record.Id}) is left on the grid. "
                    + $"The state is kept. {diagnostic.Message}",
                Remedy = _destruction.StateProblem is null
                    ? $"{diagnostic.Remedy}; or rely on Terraform's state alone: `tfgrid-compose down {record.Id} --unverified`"
                    : diagnostic.Remedy,
            })]);
        }
    }

    private static bool IsUnanswered(Diagnostic diagnostic) =>
        diagnostic.Code is GridCodes.GridUnreachable or GridCodes.TwinUnknown or GridCodes.OtherTwin;

    private async Task<DiagnosticException> WithWhatIsLeftAsync(
        EndProof end, DiagnosticException failure, CancellationToken cancellation)
    {
        try
        {
            return end.Left(await end.LookAsync(cancellation), failure);
        }
        catch (DiagnosticException second)
        {
            _here.Events.Emit(new Note($"what is left could not be checked: {second.Message}"));
            return failure;
        }
    }

    private static string ProofOf(
        Surroundings here, DeploymentRecord record, DeploymentDestruction destruction, bool unverified)
    {
        // Asking the local grid costs nothing.
        if (GridName.Parse(record.Grid).IsLocal)
        {
            return EndedDeployment.ByGrid;
        }

        if (!DeploymentDestruction.WasApplied(here, record))
        {
            return EndedDeployment.NeverApplied;
        }

        return !unverified ? EndedDeployment.ByGrid
            : destruction.StateProblem is { } problem ? throw NoProof(here, record, problem)
            : EndedDeployment.Unverified;
    }

    private static DiagnosticException NoProof(Surroundings here, DeploymentRecord record, string problem)
    {
        bool hasBackups = new StateBackups(here.Home.Deployment(record.Id), here.Clock).All.Count > 0;
        string restore = $"; or restore a backup of the state: `tfgrid-compose state list {record.Id}`";
        return new DiagnosticException(
            ExitCode.Infrastructure,
            LeakCodes.StateUnreadable,
            $"Terraform's state alone cannot prove that {record.Name} ({record.Id}) is destroyed: {problem}",
            $"run `tfgrid-compose down {record.Id}`, which asks the grid{(hasBackups ? restore : "")}");
    }
}
