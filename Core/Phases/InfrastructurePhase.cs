using System.Text.Json;
using TfgridCompose.Core.Diagnostics;
using TfgridCompose.Core.Events;
using TfgridCompose.Core.Fingerprints;
using TfgridCompose.Core.Grid;
using TfgridCompose.Core.Patterns;
using TfgridCompose.Core.Processes;
using TfgridCompose.Core.Ssh;
using TfgridCompose.Core.State;
using TfgridCompose.Core.Terraform;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Phases;

/// <summary>Makes the machines with Terraform and reads the contract's outputs.</summary>
public sealed class InfrastructurePhase : IPhase
{
    private const string VariablesFile = "terraform.tfvars.json";

    public PhaseId Id => PhaseId.Infrastructure;

    public IReadOnlyList<PhaseId> RunsAfter => [];

    public string Inputs(UpRun run) => Fingerprint.Of(
        PatternFileSet.Of(run.App.Pattern, "infrastructure").Inputs, VariablesOf(run), run.App.Grid.Value);

    public async Task RunAsync(UpRun run, CancellationToken cancellation)
    {
        PatternFileSet.Of(run.App.Pattern, "infrastructure").ExtractTo(run.Folder.Terraform, IsTerraformSource);
        PrivateFile.Write(Path.Combine(run.Folder.Terraform, VariablesFile), VariablesOf(run));
        if (run.App.Grid.IsLocal)
        {
            await PrepareLocalGridAsync(run, cancellation);
        }
        else
        {
            PrivateFile.CreateFolder(run.Here.Home.ProviderCache);
        }

        await ApplyAsync(run, WorkspaceOf(run), cancellation);
    }

    private static async Task ApplyAsync(UpRun run, TerraformWorkspace terraform, CancellationToken cancellation)
    {
        await terraform.InitAsync(cancellation);
        if (run.Record.Outputs is null)
        {
            await terraform.LookAsync(cancellation);
        }

        IReadOnlyList<string> destroyFirst = run.Record.Outputs is null ? [.. run.Record.DestroyBeforeRetry.Intersect(TerraformState.Resources(run.Folder))] : [];
        if (destroyFirst.Count > 0)
        {
            await terraform.DestroyAsync(destroyFirst, cancellation);
        }

        IReadOnlyList<TransitionStep> transition;
        try
        {
            IReadOnlyList<ResourceChange> changes = await terraform.PlanAsync(cancellation);
            transition = TransitionOf(run, changes);
            await RunStepsAsync(run, transition, TransitionTime.BeforeApply, cancellation);
            if (changes.Count > 0)
            {
                run.Here.Events.Emit(new Note($"{run.App.Terraform.Name} will {string.Join(", ", changes.Select(change => $"{change.Action} {change.Address}"))}"));
                ForgetMachines(run);
                await terraform.ApplyAsync(cancellation);
            }
        }
        finally
        {
            // It holds variables in clear.
            terraform.DeletePlan();
        }

        Adopt(run, await terraform.OutputsAsync(cancellation));
        await RunStepsAsync(run, transition, TransitionTime.AfterApply, cancellation);
    }

    public static TerraformWorkspace WorkspaceOf(UpRun run) => new(
        run.Folder,
        run.App.Terraform,
        TerraformEnvironment.For(run.App.Grid, run.Here.Home, run.Here.LocalGridPath, run.App.Mnemonic?.Reveal()),
        run.Here.Runner,
        run.Here.Events,
        StateEncryption.PassphraseOf(run.Record.Seed));

    private static async Task PrepareLocalGridAsync(UpRun run, CancellationToken cancellation)
    {
        var local = new LocalGridProgram(run.Here.LocalGridPath, run.Here.Runner);
        await local.InstallProviderAsync(run.Here.Home, cancellation);
        await local.EnsureImageAsync(text => run.Here.Events.Emit(new Note(text)), cancellation);
    }

    private static string VariablesOf(UpRun run) =>
        JsonSerializer.Serialize(run.App.Pattern.Variables(run.VariablesRequest()), PatternValueJson.Options);

    private static bool IsTerraformSource(string path) =>
        path.EndsWith(".tf", StringComparison.Ordinal) && !path.Contains($"{Path.DirectorySeparatorChar}.terraform{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    private static void Adopt(UpRun run, IReadOnlyDictionary<string, JsonElement> outputs)
    {
        OutputsResult result = run.App.Pattern.ReadOutputs(new OutputsRequest { Outputs = outputs, Hosts = run.App.Hosts, IpRange = run.Record.IpRange });
        if (result.Values is not { } values)
        {
            throw new DiagnosticException(ExitCode.Infrastructure, [.. result.Violations.Select(violation => Violated(run, violation))]);
        }

        RecordedHost[] asked = [.. run.App.Hosts.Select(DeploymentConversion.ToRecord)];
        run.Update(record => record with
        {
            Hosts = KeepSshAddresses(record.Hosts, DeploymentConversion.WithAddresses(asked, result.Hosts)),
            Outputs = DeploymentConversion.ToRecord(values),
            AuthorizedKeys = run.VariablesRequest().SshPublicKeys,
        });
        if (values.WireguardConfig is { Length: > 0 } config)
        {
            PrivateFile.Write(run.Folder.WireguardConfig("wg-grid"), config);
        }
    }

    private static IReadOnlyList<RecordedHost> KeepSshAddresses(IReadOnlyList<RecordedHost> before, IReadOnlyList<RecordedHost> now) =>
    [
        .. now.Select(host => before.FirstOrDefault(other => other.Name == host.Name)?.SshAddress is { } address && host.Addresses.Any(known => known.Ip == address)
            ? host with { SshAddress = address }
            : host),
    ];

    // A machine that is made anew has a new host key and new facts. Forgotten before the apply: nothing may come between the two.
    private static void ForgetMachines(UpRun run)
    {
        foreach (RecordedHost host in run.Record.Hosts)
        {
            KnownHosts.Forget(run.Folder, SshConnection.AliasOf(run.Record.Id, host.Name));
        }

        string facts = Path.Combine(run.Folder.Ansible, "facts");
        if (Directory.Exists(facts))
        {
            Directory.Delete(facts, recursive: true);
        }
    }

    private static Diagnostic Violated(UpRun run, ContractViolation violation) => Diagnostic.Error(
        TerraformCodes.ContractViolated,
        $"The pattern '{run.App.PatternName}' breaks its contract: the output {violation.Output} {violation.Message}.",
        $"{violation.Remedy} (docs/pattern-contract.md); the machines exist: `tfgrid-compose down {run.Record.Id}` removes them");

    private static IReadOnlyList<TransitionStep> TransitionOf(UpRun run, IReadOnlyList<ResourceChange> changes) =>
        changes.Count > 0 && run.Record.Outputs is not null && run.Facts() is { } current
            ? run.App.Pattern.Transition(new TransitionRequest { Current = current, Planned = run.App.Hosts })
            : [];

    private static async Task RunStepsAsync(UpRun run, IReadOnlyList<TransitionStep> steps, TransitionTime when, CancellationToken cancellation)
    {
        foreach (TransitionStep step in steps.Where(step => step.When == when))
        {
            run.Here.Events.Emit(new Note($"{step.Host}: {step.Description}"));
            RecordedHost host = run.Record.Hosts.First(other => other.Name == step.Host);
            ToolResult result = await run.Ssh(host).RunAsync(ShellQuote.Words(step.Command), cancellation);
            if (!result.Succeeded)
            {
                throw new DiagnosticException(
                    ExitCode.Infrastructure,
                    TerraformCodes.TransitionFailed,
                    $"'{step.Description}' on '{step.Host}' ended with {result.ExitCode}: {result.Tail()}",
                    "mend the cause and run `tfgrid-compose up` again");
            }
        }
    }
}
