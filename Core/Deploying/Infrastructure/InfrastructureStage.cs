using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records;
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
    /// <param name="neverSeen">Machines that never accepted a login: they hold no data and are replaced.</param>
    /// <param name="cancellation">Ends the work before the next tool.</param>
    public async Task<PlannedInfrastructure> PlanAsync(IReadOnlyList<string> neverSeen, CancellationToken cancellation)
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

        string[] replaced = [.. ToReplace(), .. await HoldingAsync(neverSeen, cancellation)];
        TerraformPlan plan = await PlanReplacingAsync(replaced, cancellation);
        if (RefusedWorkloads.Of(plan) is { Count: > 0 } refused)
        {
            throw new DiagnosticException(ExitCode.Infrastructure, refused);
        }

        IReadOnlyList<HostChange> hosts = HostChanges.Of(
            run.Record.Hosts,
            [.. run.App.Hosts.Select(host => host.Spec.Name)],
            plan,
            neverSeen,
            CancelledIfUnknown(),
            await StaysAsync(plan, cancellation));
        return new PlannedInfrastructure(
            new InfrastructurePlan(plan, hosts)
            {
                // Before the first apply has succeeded, nobody has logged in to anything.
                Storage = run.Record.Outputs is null ? [] : StorageLosses.Of(plan, LosingIn(hosts)),
            },
            _terraform);
    }

    public void DeletePlan() => _terraform.DeletePlan();

    private IReadOnlyList<RecordedHost> LosingIn(IReadOnlyList<HostChange> hosts) =>
        [.. run.Record.Hosts.Where(host => hosts.Any(change => change.Host == host.Name && change.LosesData))];

    // Again as long as there is something to replace: a new machine may change what was planned for others.
    private async Task<TerraformPlan> PlanReplacingAsync(IReadOnlyList<string> replaced, CancellationToken cancellation)
    {
        TerraformPlan plan = await _terraform.PlanAsync(replaced, run.Request.TakesNoLock, cancellation);
        string[] refused = [.. RefusedUpdates.In(plan).Except(replaced)];
        if (refused.Length == 0)
        {
            return plan;
        }

        run.Here.Events.Emit(new Note(
            $"planned as a replacement, since the grid does not change it in place: {string.Join(", ", refused)}"));
        return await PlanReplacingAsync([.. replaced, .. refused], cancellation);
    }

    // Where the grid cannot be asked, what Terraform does not find may still be there.
    private async Task<IReadOnlyList<(string Resource, string Reason)>> StaysAsync(
        TerraformPlan plan, CancellationToken cancellation)
    {
        if (plan.Gone.Count == 0)
        {
            return [];
        }

        try
        {
            var contracts = new LiveContracts(run.Here, run.Record);
            IReadOnlyList<GridContract> live =
                await contracts.ReadAsync(GridPatience.None, DateTimeOffset.MinValue, cancellation);
            return [.. contracts.ResourcesOf(live).Select(resource => (resource, $"it {contracts.Stopped}"))];
        }
        catch (DiagnosticException problem)
        {
            string reason = $"Terraform does not find it, and the grid could not be asked: {problem.Message}";
            return [.. plan.Gone.Select(gone => (gone.Resource, reason))];
        }
    }

    // See StrayContracts. An apply that was begun has agreed to the loss of the machines that it replaces.
    private IReadOnlyList<string> CancelledIfUnknown() => run.App.Grid.IsLocal
        ? [.. run.Record.Hosts.Select(host => host.Name).Except(run.Record.Replacing)]
        : [];

    private async Task<IReadOnlyList<string>> HoldingAsync(IReadOnlyList<string> hosts, CancellationToken cancellation)
    {
        if (hosts.Count == 0)
        {
            return [];
        }

        HashSet<string> addresses =
        [
            .. run.Record.Hosts.Where(host => hosts.Contains(host.Name))
                .SelectMany(host => host.Addresses)
                .Select(address => address.Ip),
        ];
        StateText state = await _terraform.StateAsync(cancellation);
        return [.. state.Machines.Where(pair => pair.Machine.Addresses.Any(addresses.Contains))
            .Select(pair => pair.Address)
            .Distinct()];
    }

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
