using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Manifests.Values;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Core.Tools.Networks;
using TfgridCompose.Core.Tools.Ssh;
using TfgridCompose.Core.Tools.Terraform;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Removing;

/// <summary>Ends a deployment's machines through Terraform, and this machine's connections to them.</summary>
public sealed class DeploymentDestruction
{
    private readonly Surroundings _here;
    private readonly DeploymentRecord _record;
    private readonly TerraformWorkspace? _terraform;

    private DeploymentDestruction(Surroundings here, DeploymentRecord record, TerraformWorkspace? terraform) =>
        (_here, _record, _terraform) = (here, record, terraform);

    /// <summary>Whether anything of the deployment has been ended, or may have been.</summary>
    public bool HasDestroyed => _terraform?.HasDestroyed ?? false;

    /// <summary>Whether Terraform began and failed at a resource, also without the nodes that do not answer.</summary>
    public bool FailedAtResource => _terraform?.FailedAtResource ?? false;

    /// <summary>Why Terraform's state says nothing about a deployment that was created, or null.</summary>
    public string? StateProblem { get; private init; }

    /// <summary>Finds Terraform and what it needs. Throws before anything is touched.</summary>
    public static DeploymentDestruction Prepare(Surroundings here, DeploymentRecord record)
    {
        DeploymentFolder folder = here.Home.Deployment(record.Id);
        var identity = new StateIdentity(record, folder);
        identity.Require();
        if (ProblemOf(folder, identity) is { } problem)
        {
            return new DeploymentDestruction(here, record, null) { StateProblem = problem };
        }

        return new DeploymentDestruction(
            here, record, WorkspaceOf(here, GridName.Parse(record.Grid), folder, identity));
    }

    private static string? ProblemOf(DeploymentFolder folder, StateIdentity identity) =>
        identity.IsLost
            ? $"{LocalState.PathIn(folder)} is missing or empty"
            : TerraformLook.At(folder).Problem;

    /// <summary>Terraform for a deployment's folder; null if it has nothing to work on.</summary>
    public static TerraformWorkspace? WorkspaceOf(
        Surroundings here, GridName grid, DeploymentFolder folder, StateIdentity? identity)
    {
        if (!TerraformState.MayExist(folder))
        {
            return null;
        }

        var tool = TerraformTool.Require(here.Path);
        return new TerraformWorkspace(
            folder,
            tool,
            TerraformEnvironment.For(grid, here.Home, here.LocalGridPath, MnemonicFor(here, grid)),
            here.Runner,
            here.Events)
        {
            Identity = identity,
        };
    }

    /// <summary>Whether anything was ever applied: only then can there be contracts.</summary>
    public static bool WasApplied(Surroundings here, DeploymentRecord record)
    {
        DeploymentFolder folder = here.Home.Deployment(record.Id);
        return record.Outputs is not null
            || record.ContractIds().Count > 0
            || File.Exists(folder.TerraformApplyLog)
            || File.Exists(LocalState.Next(folder))
            || File.Exists(Path.Combine(folder.Terraform, ".terraform", TerraformState.FileName))
            || BackendFile.IsIn(folder.Terraform);
    }

    /// <summary>What must succeed before anything is touched: Terraform is ready, and its state is this deployment's.</summary>
    public async Task BeginAsync(CancellationToken cancellation)
    {
        if (StateProblem is not null)
        {
            _here.Events.Emit(
                new Note($"{StateProblem}; Terraform cannot destroy anything with it, so only the grid is asked what is left"));
        }

        if (_terraform is not null)
        {
            await _terraform.InitAsync(cancellation);
            await _terraform.PrepareDestroyAsync(cancellation);
        }
    }

    /// <summary>
    /// Closes the tunnel and destroys the machines in parallel. Returns a failure, so that the caller can still report what
    /// is left.
    /// </summary>
    public async Task<DiagnosticException?> RunAsync(CancellationToken cancellation)
    {
        Task<DiagnosticException?> machines = AttemptAsync(() => DestroyAsync(cancellation));
        Task<DiagnosticException?> ways = AttemptAsync(() => CloseWaysAsync(_here, _record, cancellation));
        DiagnosticException[] failed = [.. (await Task.WhenAll(machines, ways)).OfType<DiagnosticException>()];
        return failed.Length == 0
            ? null
            : new DiagnosticException(
                failed[0].ExitCode, [.. failed.SelectMany(problem => problem.Diagnostics)], failed[0]);
    }

    private static async Task<DiagnosticException?> AttemptAsync(Func<Task> work)
    {
        try
        {
            await work();
            return null;
        }
        catch (DiagnosticException problem)
        {
            return problem;
        }
    }

    private async Task DestroyAsync(CancellationToken cancellation)
    {
        if (_terraform is null)
        {
            return;
        }

        try
        {
            await _terraform.DestroyAsync(cancellation);
        }
        catch (DiagnosticException) when (_terraform.FailedAtResource)
        {
            if (!await new DeadNodes(_here, GridName.Parse(_record.Grid), _terraform).DestroyAsync(cancellation))
            {
                throw;
            }
        }

        _terraform.DeletePlan();
    }

    /// <summary>Closes this machine's connections to a deployment: shared SSH connections and the tunnel.</summary>
    internal static async Task CloseWaysAsync(
        Surroundings here, DeploymentRecord record, CancellationToken cancellation)
    {
        DeploymentFolder folder = here.Home.Deployment(record.Id);

        // Every host, even without a recorded address: a killed `up` may have connected before it recorded the address. Only
        // the socket counts, not the address.
        foreach (RecordedHost host in record.Hosts)
        {
            await new SshClient(here.Runner, SshConnection.To(record, folder, host.Name, host.SshAddress ?? host.Name))
                .CloseAsync();
        }

        var tunnel = new WireguardTunnel(here.Runner, here.Path ?? "", here.IsRoot);
        if (record.WireguardInterface is { } name)
        {
            await tunnel.DownAsync(folder, name, cancellation);
        }

        if (record.WireguardInterface is not null || File.Exists(folder.WireguardConfig("wg-grid")))
        {
            // A killed `up` may have reserved a name before it recorded it.
            await CloseUnrecordedAsync(here, tunnel, folder, cancellation);
        }
    }

    private static async Task CloseUnrecordedAsync(
        Surroundings here, WireguardTunnel tunnel, DeploymentFolder folder, CancellationToken cancellation)
    {
        var ours = new WireguardFiles(here.Runner, here.Path ?? "", here.IsRoot) { Folder = here.WireguardFolder };
        if (await ours.OursAsync(cancellation) is not { } files)
        {
            here.Events.Emit(new DiagnosticRaised(ours.Unseen));
            return;
        }

        foreach (WireguardFile file in files.Where(file => file.DeploymentId == folder.Id))
        {
            await (file.Interface is { } found
                ? tunnel.DownAsync(folder, found, cancellation)
                : tunnel.RemoveStagedAsync(folder.Id, cancellation));
        }
    }

    private static string? MnemonicFor(Surroundings here, GridName grid)
    {
        if (grid.IsLocal)
        {
            return null;
        }

        (SecretText? words, Diagnostic? problem) = Mnemonic.Find(here.Environment, here.UserHome, here.CurrentFolder);
        if (words is null)
        {
            throw new DiagnosticException(ExitCode.Prerequisite, problem is null ? [] : [problem]);
        }

        here.Mask.Add(words.Reveal());
        return words.Reveal();
    }
}
