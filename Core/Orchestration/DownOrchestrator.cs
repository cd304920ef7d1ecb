using TfgridCompose.Core.Diagnostics;
using TfgridCompose.Core.Events;
using TfgridCompose.Core.Grid;
using TfgridCompose.Core.Lifecycle;
using TfgridCompose.Core.Networks;
using TfgridCompose.Core.Phases;
using TfgridCompose.Core.SharedState;
using TfgridCompose.Core.Ssh;
using TfgridCompose.Core.State;
using TfgridCompose.Core.Terraform;

namespace TfgridCompose.Core.Orchestration;

/// <summary>
/// <c>down</c>: removes machines, tunnel and files, from the deployment's record alone. State goes last, and only when nothing is left that costs money.
/// </summary>
public sealed class DownOrchestrator(Surroundings here, DeploymentIndex index, LockTerms terms, Action<DeploymentFolder> attachLog)
{
    public async Task RunAsync(DeploymentRecord found, CancellationToken cancellation)
    {
        using DeploymentGate gate = await DeploymentGate.OfAsync(here.Home, found, terms, cancellation);
        DeploymentRecord record = here.Store.Load(found.Id) ?? throw Gone(found);
        await using SharedSession shared = await SharedSession.OpenAsync(here, terms, SharedTarget.Of(record), cancellation);
        record = shared.Existing ?? record;
        DeploymentFolder folder = here.Home.Deployment(record.Id);
        attachLog(folder);
        here.Mask.Add(record.Seed);
        if (shared.Ended is { } ended)
        {
            await ForgetCopyAsync(record, folder, ended, cancellation);
            return;
        }

        var hooks = LifecycleHooks.Load(here);
        await hooks.BeforeAsync(LifecycleHooks.Down, HookFacts.Of(record), cancellation);
        TerraformWorkspace? terraform = WorkspaceOf(record, folder);
        await shared.HoldAsync(cancellation);
        record = here.Store.Save(record with { Status = DeploymentStatus.Destroying });
        var journal = new RunJournal(new Journal(folder.Journal), "down", terms.Holder(), here.Store.Version, here.Clock);
        journal.Begin();
        await shared.PublishAsync(cancellation);

        // The tunnel and the machines do not wait for each other.
        Task machines = terraform is null ? Task.CompletedTask : DestroyAsync(terraform, cancellation);
        Task tunnel = CloseWaysAsync(record, folder, cancellation);
        try
        {
            await Task.WhenAll(tunnel, machines);
            await RequireNothingLeftAsync(record, cancellation);
        }
        catch (Exception problem)
        {
            Recording.Try(here.Events, () => journal.End(problem));
            throw;
        }

        await shared.EndAsync(movedTo: null, cancellation);
        SayWhatStaysElsewhere(record);
        journal.Done();
        Forget(record, folder);
        await hooks.AfterAsync(LifecycleHooks.Down, HookFacts.Of(record), cancellation);
    }

    // Another machine destroyed it, or moved its state: what is left is this machine's end.
    private async Task ForgetCopyAsync(DeploymentRecord record, DeploymentFolder folder, SharedEnd ended, CancellationToken cancellation)
    {
        here.Events.Emit(new Note($"{(ended.MovedTo is { } place ? $"its state was moved to {place}" : "it was destroyed")} by {ended.By}; this machine's copy is removed"));
        await CloseWaysAsync(record, folder, cancellation);
        Forget(record, folder);
    }

    private void SayWhatStaysElsewhere(DeploymentRecord record)
    {
        if (TunnelRule.Elsewhere(record) is { } tunnel)
        {
            here.Events.Emit(new Note($"{tunnel.Host} still has the interface {tunnel.Interface}; `tfgrid-compose down {record.Id}` there removes it"));
        }
    }

    private TerraformWorkspace? WorkspaceOf(DeploymentRecord record, DeploymentFolder folder)
    {
        if (!TerraformState.MayExist(folder))
        {
            return null;
        }

        var grid = GridName.Parse(record.Grid);
        TerraformTool tool = TerraformTool.Find(here.Path) ?? throw new DiagnosticException(
            ExitCode.Prerequisite, PhaseCodes.NoTerraform, "Neither tofu nor terraform is installed.", "install OpenTofu: https://opentofu.org/docs/intro/install/");
        return new TerraformWorkspace(
            folder, tool, TerraformEnvironment.For(grid, here.Home, here.LocalGridPath, MnemonicFor(grid)), here.Runner, here.Events);
    }

    private string? MnemonicFor(GridName grid)
    {
        if (grid.IsLocal)
        {
            return null;
        }

        (EnvironmentValues.SecretText? words, Diagnostic? problem) = Mnemonic.Find(here.Environment, here.UserHome, here.CurrentFolder);
        if (words is null)
        {
            throw new DiagnosticException(ExitCode.Prerequisite, problem is null ? [] : [problem]);
        }

        here.Mask.Add(words.Reveal());
        return words.Reveal();
    }

    private static async Task DestroyAsync(TerraformWorkspace terraform, CancellationToken cancellation)
    {
        await terraform.InitAsync(cancellation);
        await terraform.DestroyAsync(cancellation);
        terraform.DeletePlan();
    }

    private async Task CloseWaysAsync(DeploymentRecord record, DeploymentFolder folder, CancellationToken cancellation)
    {
        foreach (RecordedHost host in record.Hosts.Where(host => host.SshAddress is not null))
        {
            await new SshClient(here.Runner, SshConnection.To(record, folder, host.Name, host.SshAddress ?? "")).CloseAsync();
        }

        if (record.WireguardInterface is { } name)
        {
            await new WireguardTunnel(here.Runner, here.Path ?? "", here.IsRoot).DownAsync(folder, name, cancellation);
        }
    }

    private async Task RequireNothingLeftAsync(DeploymentRecord record, CancellationToken cancellation)
    {
        IReadOnlyList<string> left = TerraformState.Resources(here.Home.Deployment(record.Id));
        bool local = GridName.Parse(record.Grid).IsLocal;
        if (local)
        {
            left = [.. left, .. (await CancelLeftAsync(record.Id, cancellation)).Select(id => $"contract {id}")];
        }

        if (left.Count > 0)
        {
            throw new DiagnosticException(
                ExitCode.Infrastructure,
                TerraformCodes.LeftAfterDestroy,
                $"After the destroy there is still {string.Join(", ", left)}; the state is kept.",
                $"run {(local ? "`tfgrid-compose grid local prune`, then " : "")}`tfgrid-compose down {record.Id}` again");
        }
    }

    // A Terraform that died half-way leaves contracts that its state does not know; on the local grid they can be cancelled by our tag.
    private async Task<IReadOnlyList<long>> CancelLeftAsync(string deploymentId, CancellationToken cancellation)
    {
        var program = new LocalGridProgram(here.LocalGridPath, here.Runner);
        var grid = new GridClient(program);
        if (await grid.ContractsOfAsync(deploymentId, cancellation) is not { Count: > 0 } contracts)
        {
            return [];
        }

        here.Events.Emit(new Note($"cancelling contracts that Terraform's state does not know: {string.Join(", ", contracts)}"));
        await program.RunAsync(["cancel", $"tfc/{deploymentId}"], cancellation);
        return await grid.ContractsOfAsync(deploymentId, cancellation);
    }

    private void Forget(DeploymentRecord record, DeploymentFolder folder)
    {
        new DeploymentLink(here).Remove(record);
        index.Remove(record.Id);
        Directory.Delete(folder.Path, recursive: true);
        here.Ranges.Release(record.IpRange, folder.Path);
    }

    private static DiagnosticException Gone(DeploymentRecord record) => new(
        ExitCode.Conflict, StateCodes.NotFound, $"{record.Name} ({record.Id}) is gone already.", "nothing is left to do");
}
