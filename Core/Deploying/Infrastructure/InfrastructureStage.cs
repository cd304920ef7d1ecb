using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Contracts;
using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Core.Tools.Terraform;
using TfgridCompose.Core.Tools.Terraform.Plans;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Deploying.Infrastructure;

/// <summary>
/// Lays out the Terraform folder of a request and asks Terraform what it would change. Nothing on the grid changes
/// here.
/// </summary>
public sealed class InfrastructureStage(UpRun run)
{
    private const string VariablesFile = "terraform.tfvars.json";
    private readonly TerraformWorkspace _terraform = new(
        run.Folder,
        run.App.Terraform,
        TerraformEnvironment.For(run.App.Grid, run.Here.Home, run.Here.LocalGridPath, run.App.Mnemonic?.Reveal()),
        run.Here.Runner,
        run.Here.Events,
        StateEncryption.PassphraseOf(run.Record.Seed))
    {
        Identity = new StateIdentity(run.Record, run.Folder),
    };

    /// <summary>Saves a plan in the folder, and says what it would change.</summary>
    /// <param name="seen">Which machines answered.</param>
    /// <param name="cancellation">Ends the work before the next tool.</param>
    public async Task<PlannedInfrastructure> PlanAsync(Observation seen, CancellationToken cancellation)
    {
        await LayOutAsync(cancellation);
        var provider = new ProviderChoice(run.Here, run.App.ProviderVersions, run.App.Grid, run.Folder);
        provider.Write();
        await _terraform.InitAsync(cancellation);
        provider.Check();
        if (!run.Request.TakesNoLock)
        {
            await _terraform.RecoverAsync(cancellation);
        }

        if (await _terraform.LookAsync(cancellation) is { } state)
        {
            await new StateCheck(run.Here, run.Record, run.Folder).JudgeAsync(state, cancellation);
        }

        IReadOnlyList<LostResource> lost = await WithLeftAsync(await LostAsync(seen, cancellation), cancellation);
        (TerraformPlan plan, IReadOnlyList<string> replaced) =
            await PlanReplacingAsync([.. ToReplace().Union(lost.Select(each => each.Resource))], seen, cancellation);
        if (RefusedWorkloads.Of(plan) is { Count: > 0 } refused)
        {
            throw new DiagnosticException(ExitCode.Infrastructure, refused);
        }

        if (plan.Changes.Count > 0)
        {
            await new StrayContracts(run, _terraform).RequireNoneAsync(seen.Journal, cancellation);
        }

        IReadOnlyList<HostChange> hosts = HostChanges.Of(
            run.Record.Hosts,
            [.. run.App.Hosts.Select(host => host.Spec.Name)],
            plan,
            lost,
            CancelledIfUnknown());
        var departure = new NodeDeparture(run, _terraform);
        return new PlannedInfrastructure(
            new InfrastructurePlan(plan, hosts)
            {
                // Before the first apply has succeeded, nobody has logged in to anything.
                Storage = run.Record.Outputs is null ? [] : LossesIn(plan, hosts, lost),
            },
            _terraform)
        {
            BeforeApply = stop => departure.BeforeApplyAsync(plan, replaced, stop),
        };
    }

    public void DeletePlan() => _terraform.DeletePlan();

    // Of a deployment that is gone, nothing is left to lose.
    private IReadOnlyList<StorageLoss> LossesIn(
        TerraformPlan plan, IReadOnlyList<HostChange> hosts, IReadOnlyList<LostResource> lost)
    {
        RecordedHost[] losing =
            [.. run.Record.Hosts.Where(host => hosts.Any(change => change.Host == host.Name && change.LosesData))];
        return [.. StorageLosses.Of(plan, losing).Where(loss => !lost.Any(each => each.IsGone && each.Resource == loss.Resource))];
    }

    // Again as long as there is something to replace: a new machine may change what was planned for others.
    private async Task<(TerraformPlan Plan, IReadOnlyList<string> Replaced)> PlanReplacingAsync(
        IReadOnlyList<string> replaced, Observation seen, CancellationToken cancellation)
    {
        TerraformPlan plan = await NodeDeparture.AdvisedAsync(
            run.Record,
            seen,
            () => _terraform.PlanAsync(replaced, run.Request.TakesNoLock, refreshes: run.Request.LeftNodes.Count == 0, cancellation));
        string[] refused = [.. RefusedUpdates.In(plan).Except(replaced)];
        if (refused.Length == 0)
        {
            return (plan, replaced);
        }

        run.Here.Events.Emit(new Note(
            $"planned as a replacement, since the grid does not change it in place: {string.Join(", ", refused)}"));
        return await PlanReplacingAsync([.. replaced, .. refused], seen, cancellation);
    }

    private async Task<IReadOnlyList<LostResource>> WithLeftAsync(IReadOnlyList<LostResource> lost, CancellationToken cancellation) =>
        run.Request.LeftNodes.Count == 0
            ? lost
            : [.. lost, .. LeftNodes.Of(await _terraform.StateAsync(cancellation), run.Request.LeftNodes, lost)];

    // Where every machine answers, none is lost, and nobody is asked.
    private async Task<IReadOnlyList<LostResource>> LostAsync(Observation seen, CancellationToken cancellation)
    {
        DeploymentRecord record = run.Record;
        if (!record.KnowsMachines() || (record.Outputs is not null && record.Hosts.All(host => seen.Answering.Contains(host.Name))))
        {
            return [];
        }

        StateText state = await _terraform.StateAsync(cancellation);
        return LostResources.Of(record.Hosts, state, seen, await EndsAsync(LostResources.ContractsIn(state), cancellation));
    }

    private async Task<IReadOnlyDictionary<long, ContractEnd>> EndsAsync(IReadOnlyList<long> contracts, CancellationToken cancellation)
    {
        try
        {
            return await new ContractEnds(run.Here, run.App.Grid).OfAsync(contracts, cancellation);
        }
        catch (DiagnosticException problem)
        {
            run.Here.Events.Emit(new Note($"whether the machines' contracts are live could not be asked: {problem.Message}"));
            return new Dictionary<long, ContractEnd>();
        }
    }

    // See StrayContracts. An apply that was begun has agreed to the loss of the machines that it replaces.
    private IReadOnlyList<string> CancelledIfUnknown() => run.App.Grid.IsLocal
        ? [.. run.Record.Hosts.Select(host => host.Name).Except(run.Record.Replacing)]
        : [];

    private async Task LayOutAsync(CancellationToken cancellation)
    {
        run.Stage.Infrastructure.ExtractTo(run.Folder.Terraform, IsTerraformSource);
        PrivateFile.Write(Path.Combine(run.Folder.Terraform, VariablesFile), run.Stage.Variables);
        if (run.App.Grid.IsLocal)
        {
            var local = new LocalGridProgram(run.Here.LocalGridPath, run.Here.Runner);
            await RequireAsync(local, cancellation);
            await local.InstallProviderAsync(run.Here.Home, cancellation);
        }
        else
        {
            PrivateFile.CreateFolder(run.Here.Home.ProviderCache);
        }
    }

    // For a new deployment, it was asked with everything else that is checked.
    private async Task RequireAsync(LocalGridProgram local, CancellationToken cancellation)
    {
        if (run.Record.Outputs is not null
            && await local.RequirementsAsync(cancellation) is { Count: > 0 } lacking)
        {
            throw new DiagnosticException(ExitCode.Prerequisite, lacking);
        }
    }

    // What the pattern says must be destroyed before a failed apply is tried again.
    private IReadOnlyList<string> ToReplace() => run.Record.Outputs is not null
        ? []
        : [.. TerraformState.Instances(run.Folder)
            .Where(instance => run.Record.DestroyBeforeRetry.Contains(instance.Resource))
            .Select(instance => instance.Address)];

    private static bool IsTerraformSource(string path) =>
        path.EndsWith(".tf", StringComparison.Ordinal)
            && !path.Contains(
                $"{Path.DirectorySeparatorChar}.terraform{Path.DirectorySeparatorChar}",
                StringComparison.Ordinal);
}
