using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Plugins.Descriptors;
using TfgridCompose.Core.Plugins.Loading;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Tools.Terraform.Source;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Looking.Conformance;

/// <summary>
/// <c>patterns test</c>, as a recipe: first the pattern itself, then its files with Terraform and Ansible, then
/// real deployments.
/// </summary>
public sealed class ConformanceRun(Surroundings here, Action<CheckResult> report)
{
    public async Task<ConformanceReport> RunAsync(ConformanceRequest request, CancellationToken cancellation)
    {
        RequireKnownChecks(request.Skip);
        var log = new CheckLog(here.Clock, request.Skip, report);
        using var workplace = new Workplace(here.Runner, here.Events);
        workplace.Create();
        IPattern? pattern = null;
        await log.RunAsync(ConformanceChecks.Metadata, null, () =>
        {
            pattern = NullSearch.Around(PatternHost.Load(request.Pattern));
            PluginCatalog.Scan(here.PluginRoots).TryFind(request.Pattern.Name, out PatternCatalogEntry? found);
            return Task.FromResult(Verdict.Of(MetadataCheck.Of(request.Pattern, pattern, found)));
        });
        if (pattern is null && !log.Failed(ConformanceChecks.Metadata))
        {
            pattern = NullSearch.Around(PatternHost.Load(request.Pattern));
        }

        if (pattern is null)
        {
            IEnumerable<ConformanceCheck> others = ConformanceChecks.All.Except([ConformanceChecks.Metadata]);
            log.NotRun(others, null, "the pattern cannot be loaded");
            return new ConformanceReport(request.Pattern, log.Results);
        }

        await CheckAsync(request, pattern, workplace, log, cancellation);
        return new ConformanceReport(request.Pattern, log.Results);
    }

    private static void RequireKnownChecks(IEnumerable<string> skip)
    {
        if (skip.FirstOrDefault(id => ConformanceChecks.All.All(check => check.Id != id)) is { } unknown)
        {
            throw new DiagnosticException(
                ExitCode.Usage,
                ConformanceCodes.UnknownCheck,
                $"There is no check '{unknown}'.",
                $"use one of {string.Join(", ", ConformanceChecks.All.Select(check => check.Id))}");
        }
    }

    private async Task CheckAsync(
        ConformanceRequest request,
        IPattern pattern,
        Workplace workplace,
        CheckLog log,
        CancellationToken cancellation)
    {
        await log.RunAsync(
            ConformanceChecks.Options,
            null,
            () => Task.FromResult(Verdict.Of(OptionsCheck.Of(pattern.Declaration, Readme(request.Pattern)))));
        IReadOnlyList<Sample> samples = SampleApps.Prepare(request, workplace);
        var planned = new List<PlannedSample>();
        foreach (Sample sample in samples)
        {
            planned.Add(await PlanAsync(request.Pattern, pattern, sample, log));
        }

        foreach (PlannedSample sample in planned)
        {
            await VariablesAsync(pattern, sample, log);
        }

        await log.RunAsync(
            ConformanceChecks.Terraform,
            null,
            () => new TerraformCheck(here, workplace).RunAsync(pattern, cancellation));
        var ansible = new AnsibleChecks(here, workplace);
        await log.RunAsync(
            ConformanceChecks.Playbook,
            null,
            () => planned.Find(sample => sample.IsPlanned) is { Plan: { } plan, Topology: { } topology }
                ? ansible.PlaybookAsync(pattern, plan, topology, cancellation)
                : Task.FromResult(Verdict.NotRun("no sample has a topology")));
        var trials = new DeploymentChecks(here, workplace, ansible, log);
        for (int i = 0; i < planned.Count; i++)
        {
            await DeployAsync(request, pattern, planned[i], isFirst: i == 0, trials, log, cancellation);
        }
    }

    private static Task DeployAsync(
        ConformanceRequest request,
        IPattern pattern,
        PlannedSample planned,
        bool isFirst,
        DeploymentChecks trials,
        CheckLog log,
        CancellationToken cancellation) => isFirst || request.DeployAll
            ? trials.RunAsync(request.Pattern, pattern, planned, cancellation)
            : log.RunAsync(
                ConformanceChecks.Inventory,
                planned.Sample.Name,
                () => trials.PlannedInventoryAsync(pattern, planned, cancellation));

    private static async Task<PlannedSample> PlanAsync(
        PatternCatalogEntry entry, IPattern pattern, Sample sample, CheckLog log)
    {
        var planned = new PlannedSample(sample, null, null);
        await log.RunAsync(ConformanceChecks.Topology, sample.Name, () =>
        {
            var plan = SamplePlan.Load(sample, entry, pattern.Declaration);
            Topology topology = pattern.Topology(plan.TopologyRequest());
            planned = new PlannedSample(sample, plan, topology);
            return Task.FromResult(Verdict.Of(TopologyCheck.Of(
                topology, pattern.Topology(plan.TopologyRequest()), pattern.Declaration)));
        });
        return planned;
    }

    private static Task VariablesAsync(IPattern pattern, PlannedSample planned, CheckLog log) =>
        log.RunAsync(ConformanceChecks.Variables, planned.Sample.Name, () =>
        {
            if (planned is not { IsPlanned: true, Plan: { } plan, Topology: { } topology })
            {
                return Task.FromResult(Verdict.NotRun("the sample has no topology"));
            }

            VariablesRequest request = plan.VariablesRequest(topology);
            TerraformModule module = TerraformCheck.RootModule(pattern);
            return Task.FromResult(Verdict.Of(VariablesCheck.Of(
                pattern.Variables(request), pattern.Variables(plan.VariablesRequest(topology)), module)));
        });

    // A folder pattern needs no README: its pattern.yaml describes the options.
    private static string? Readme(PatternCatalogEntry entry)
    {
        string file = Path.Combine(entry.Folder, "README.md");
        return File.Exists(file) ? PlainFile.ReadText(file) : entry.Kind == PatternKind.Folder ? "" : null;
    }
}
