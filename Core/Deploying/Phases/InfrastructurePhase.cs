using System.Text.Json;
using TfgridCompose.Core.Deploying.Infrastructure;
using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Core.Tools.Ssh;
using TfgridCompose.Core.Tools.Terraform;
using TfgridCompose.Core.Tools.Terraform.Plans;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Deploying.Phases;

/// <summary>Carries out what <see cref="InfrastructureStage"/> planned, and reads the contract's outputs.</summary>
public sealed class InfrastructurePhase(PlannedInfrastructure planned) : IPhase
{
    public PhaseId Id => PhaseId.Infrastructure;

    public IReadOnlyList<PhaseId> RunsAfter => [];

    /// <summary>What the planner needs to know before Terraform plans.</summary>
    public static PhaseInputs InputsOf(UpRun run) => new(PhaseId.Infrastructure, run.Stage.InfrastructureInputs, [])
    {
        ChangesSince = last =>
            InputRecording.ChangesSince(run.Record, PhaseId.Infrastructure, last, () => InfrastructureParts.Of(run)),
    };

    public string Inputs(UpRun run) => run.Stage.InfrastructureInputs;

    public IReadOnlyList<InputPart> Parts(UpRun run) => InfrastructureParts.Of(run);

    public async Task RunAsync(UpRun run, CancellationToken cancellation)
    {
        (InfrastructurePlan plan, TerraformWorkspace terraform) = planned;
        IReadOnlyList<TransitionStep> transition = TransitionOf(run, plan);
        await TransitionSteps.RunAsync(run, Recorded(transition, TransitionTime.BeforeApply), cancellation);
        if (plan.ChangesResources)
        {
            // Recorded before the apply, because the run may be killed after it. They run in the wait phase, when we
            // can log in.
            run.Update(record => record with { PendingSteps = Recorded(transition, TransitionTime.AfterApply) });
        }

        if (!plan.Terraform.IsEmpty)
        {
            await ApplyAsync(run, terraform, plan, cancellation);
        }

        ContractRecording.AfterApply(run);
        Adopt(run, plan, await terraform.OutputsAsync(cancellation));
    }

    private async Task ApplyAsync(
        UpRun run, TerraformWorkspace terraform, InfrastructurePlan plan, CancellationToken cancellation)
    {
        var local = new LocalGridProgram(run.Here.LocalGridPath, run.Here.Runner);
        var strays = new StrayContracts(run, terraform);
        if (run.App.Grid.IsLocal)
        {
            await local.EnsureImageAsync(text => run.Here.Events.Emit(new Note(text)), cancellation);
            await strays.CancelAsync(cancellation);
        }

        await planned.BeforeApply(cancellation);
        run.Update(record => BeforeApply(record, plan));
        DeleteFacts(run);
        try
        {
            await terraform.ApplyAsync(cancellation);
            await AdoptAccessAsync(run, terraform, plan.Terraform, cancellation);
        }
        catch (Exception problem)
        {
            ContractRecording.AfterFailure(run, problem);
            throw;
        }

        ForgetMachines(run);
        if (run.App.Grid.IsLocal)
        {
            // A machine that was off and is no longer wanted has only now left the state, and nothing has destroyed it.
            await strays.CancelAsync(cancellation);
        }
    }

    // A network whose nodes change in place may get another access configuration. The provider does not plan that, and Terraform
    // writes outputs as they were planned. A refresh could ask a node that was left.
    private static async Task AdoptAccessAsync(
        UpRun run, TerraformWorkspace terraform, TerraformPlan applied, CancellationToken cancellation)
    {
        if (applied.Changes.Any(change => change is { Type: GridResourceType.Network, Action: ResourceChange.Update })
            && await terraform.PlanAsync([], takesNoLock: false, refreshes: run.Request.LeftNodes.Count == 0, cancellation)
                is { Changes.Count: 0, OutputsChange: true })
        {
            await terraform.ApplyAsync(cancellation);
        }
    }

    /// <summary>
    /// Recorded before the apply: if the run is killed, nobody knows which machines are new. Hosts that had the app may
    /// still serve it, so they count as outdated, not as new.
    /// </summary>
    internal static DeploymentRecord BeforeApply(DeploymentRecord record, InfrastructurePlan plan)
    {
        string[] changing = [.. plan.Hosts.Select(change => change.Host)];
        return record with
        {
            Replacing = [.. changing.Union(record.Replacing)],
            Hosts = [.. record.Hosts.Select(host => changing.Contains(host.Name)
                ? host with { AppInputs = host.AppInputs is null ? null : "" }
                : host)],
        };
    }

    private static void Adopt(UpRun run, InfrastructurePlan plan, IReadOnlyDictionary<string, JsonElement> outputs)
    {
        OutputsResult result = run.App.Pattern.ReadOutputs(new OutputsRequest
        {
            Outputs = outputs,
            Hosts = run.App.Hosts,
            IpRange = run.Record.IpRange,
        });
        if (result.Values is not { } values)
        {
            throw new DiagnosticException(
                ExitCode.Infrastructure, [.. result.Violations.Select(violation => Violated(run, violation))]);
        }

        // Before its fingerprint is recorded, so that the network phase does not use the former file.
        if (values.WireguardConfig is { Length: > 0 } config)
        {
            PrivateFile.Write(run.Folder.WireguardConfig("wg-grid"), config);
        }

        RecordedHost[] asked = [.. run.App.Hosts.Select(DeploymentConversion.ToRecord)];
        run.Update(record => record with
        {
            Hosts = KeepKnown(
                [.. record.Hosts.Where(host => plan.Hosts.All(change => change.Host != host.Name))],
                DeploymentConversion.WithAddresses(asked, result.Hosts)),
            Outputs = DeploymentConversion.ToRecord(values),
            AuthorizedKeys = run.VariablesRequest().SshPublicKeys,
        });
    }

    // A replaced machine has no app and no known address yet, even if it has its predecessor's address.
    private static IReadOnlyList<RecordedHost> KeepKnown(
        IReadOnlyList<RecordedHost> before, IReadOnlyList<RecordedHost> now) =>
    [
        .. now.Select(host => before.FirstOrDefault(other => other.Name == host.Name) is { } known
            ? host with
            {
                AppInputs = known.AppInputs,
                OutOfService = known.OutOfService,
                SshAddress = host.Addresses.Any(address => address.Ip == known.SshAddress) ? known.SshAddress : null,
            }
            : host),
    ];

    // A replaced machine has a new host key.
    private static void ForgetMachines(UpRun run)
    {
        foreach (string host in run.Record.Replacing)
        {
            KnownHosts.Forget(run.Folder, SshConnection.AliasOf(run.Record.Id, host));
        }

        run.Update(record => record with { Replacing = [] });
    }

    private static void DeleteFacts(UpRun run)
    {
        foreach (string facts in run.Record.Replacing.Select(host => Path.Combine(run.Folder.Ansible, "facts", host))
            .Where(File.Exists))
        {
            File.Delete(facts);
        }
    }

    private static Diagnostic Violated(UpRun run, ContractViolation violation) => Diagnostic.Error(
        TerraformCodes.ContractViolated,
        $"The pattern '{run.App.PatternName}' breaks its contract: the output {violation.Output} {violation.Message}.",
        $"{violation.Remedy} (docs/pattern-contract.md); the machines exist: "
            + $"`tfgrid-compose down {run.Record.Id}` removes them");

    internal static IReadOnlyList<TransitionStep> TransitionOf(UpRun run, InfrastructurePlan plan) =>
        plan.ChangesResources && run.Record.Outputs is not null && run.Facts() is { } current
            ? run.App.Pattern.Transition(new TransitionRequest
            {
                Current = current,
                Planned = run.App.Hosts,
                Replaced = ReplacedBy(plan),
            })
            : [];

    private static IReadOnlyList<string> ReplacedBy(InfrastructurePlan plan) =>
        [.. plan.Hosts.Where(change => change.Action == HostAction.Replace).Select(change => change.Host)];

    private static IReadOnlyList<RecordedStep> Recorded(IReadOnlyList<TransitionStep> steps, TransitionTime when) =>
        [.. steps.Where(step => step.When == when)
            .Select(step => new RecordedStep(step.Host, step.Command, step.Description))];
}
