using System.Text.Json;
using TfgridCompose.Core.Deploying.Validation;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Core.Tools.Terraform;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Looking.Conformance;

/// <summary>
/// The checks that need machines: up, look, play again, up again, down. What was brought up is taken down, whatever
/// happens in between.
/// </summary>
internal sealed class DeploymentChecks(Surroundings here, Workplace workplace, AnsibleChecks ansible, CheckLog log)
{
    private static readonly ConformanceCheck[] Deploying =
    [
        ConformanceChecks.Apply,
        ConformanceChecks.Idempotence,
        ConformanceChecks.Down,
    ];

    private static readonly ConformanceCheck[] OfSample = [ConformanceChecks.Topology, ConformanceChecks.Variables];

    private static readonly ConformanceCheck[] OfPattern =
        [ConformanceChecks.Metadata, ConformanceChecks.Terraform, ConformanceChecks.Playbook];

    private bool _prepared;

    public async Task RunAsync(
        PatternCatalogEntry entry, IPattern pattern, PlannedSample planned, CancellationToken cancellation)
    {
        string sample = planned.Sample.Name;
        if (await AgainstAsync(planned, cancellation) is { } reason)
        {
            log.NotRun([ConformanceChecks.Apply], sample, reason, log.Skips(ConformanceChecks.Apply));
            await log.RunAsync(
                ConformanceChecks.Inventory, sample, () => PlannedInventoryAsync(pattern, planned, cancellation));
            log.NotRun(Deploying.Skip(1), sample, reason, log.Skips(ConformanceChecks.Apply));
            return;
        }

        var trial = new TrialDeployment(here, workplace, planned.Sample);
        try
        {
            await PrepareAsync(entry, pattern, planned.Plan?.PatternFolder, cancellation);
            await DeployAsync(trial, sample, cancellation);
        }
        finally
        {
            await TakeDownAsync(trial, sample);
        }
    }

    /// <summary>The inventory that the pattern would give for this sample.</summary>
    public Task<Verdict> PlannedInventoryAsync(
        IPattern pattern, PlannedSample planned, CancellationToken cancellation) =>
        planned is { IsPlanned: true, Plan: { } plan, Topology: { } topology }
            ? ansible.InventoryAsync(pattern, plan, topology, cancellation)
            : Task.FromResult(Verdict.NotRun("the sample has no topology"));

    // What failed without machines would fail with them, only later and less clearly.
    private async Task<string?> AgainstAsync(PlannedSample planned, CancellationToken cancellation)
    {
        if (log.Skips(ConformanceChecks.Apply))
        {
            return "apply is skipped";
        }

        ConformanceCheck? failed = OfSample.FirstOrDefault(check => log.Failed(check, planned.Sample.Name))
            ?? OfPattern.FirstOrDefault(check => log.Failed(check));
        return failed is not null ? $"the check {failed.Id} failed"
            : planned is { IsPlanned: true, Topology: { } topology } ? await LackingAsync(topology, cancellation)
            : "the sample has no topology";
    }

    // What is missing on this machine for a deployment on the local grid; null if nothing.
    private async Task<string?> LackingAsync(Topology topology, CancellationToken cancellation)
    {
        try
        {
            IReadOnlyList<Diagnostic> lacking = Prerequisites.Missing(
                here, GridName.Parse(GridNames.Local), topology.Hosts, TerraformTool.Find(here.Path));
            lacking = lacking.Count > 0
                ? lacking
                : await new LocalGridProgram(here.LocalGridPath, here.Runner).RequirementsAsync(cancellation);
            return lacking.Count > 0 ? Text(lacking) : null;
        }
        catch (DiagnosticException failed)
        {
            return Text(failed.Diagnostics);
        }
        catch (JsonException unreadable)
        {
            return $"{here.LocalGridPath} does not answer in JSON: {unreadable.Message}";
        }
    }

    private static string Text(IReadOnlyList<Diagnostic> problems) =>
        string.Join("; ", problems.Select(each => $"{each.Message} ({each.Remedy})"));

    private async Task PrepareAsync(
        PatternCatalogEntry entry, IPattern pattern, string? place, CancellationToken cancellation)
    {
        if (!_prepared)
        {
            workplace.Install(entry, pattern);
            await workplace.MakeKeyAsync(cancellation);
            _prepared = true;
        }

        if (place is not null)
        {
            workplace.Install(entry, pattern, place);
        }
    }

    private async Task DeployAsync(TrialDeployment trial, string sample, CancellationToken cancellation)
    {
        await log.RunAsync(ConformanceChecks.Apply, sample, () => trial.UpAsync(cancellation));
        cancellation.ThrowIfCancellationRequested();
        if (log.Failed(ConformanceChecks.Apply, sample) || trial.Record is not { } record)
        {
            log.NotRun([ConformanceChecks.Inventory, ConformanceChecks.Idempotence], sample, "the check apply failed");
            return;
        }

        DeploymentFolder folder = workplace.Home.Deployment(record.Id);
        await log.RunAsync(
            ConformanceChecks.Inventory, sample, () => ansible.InventoryAsync(folder, record, cancellation));
        await log.RunAsync(ConformanceChecks.Idempotence, sample, () => trial.IdempotenceAsync(record, cancellation));
        cancellation.ThrowIfCancellationRequested();
    }

    // If the check is left out, its verdict is not needed, but the machines must still be removed.
    private async Task TakeDownAsync(TrialDeployment trial, string sample)
    {
        if (log.Skips(ConformanceChecks.Down))
        {
            await trial.DownAsync();
        }

        await log.RunAsync(ConformanceChecks.Down, sample, trial.DownAsync);
    }
}
