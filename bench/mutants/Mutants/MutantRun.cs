using System.Globalization;
using TfgridCompose.Mutants.Copying;
using TfgridCompose.Mutants.Planting;
using TfgridCompose.Mutants.Runs;

namespace TfgridCompose.Mutants;

/// <summary>Copies, plants, builds, surveys, tries each fault, reports.</summary>
internal sealed class MutantRun(Settings settings, Action<string> say)
{
    private readonly Progress _progress = new(settings);
    private readonly Lock _lock = new();

    /// <summary>Returns the killed faults in percent.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var workers = new Workers(settings.Workers, settings.Limit);
        PlantedFaults planted = await PlantAsync(cancellation);
        var sandbox = Sandbox.Detect(settings);
        if (!sandbox.IsClosed)
        {
            say("==> namespaces need root, and a repository outside of /tmp: one test process at a time, in this computer's own network");
            workers = new Workers(1, settings.Limit);
        }

        say("==> run the quick tests without a fault");
        Survey survey = await new Surveyor(settings, sandbox, say)
            .RunAsync(_progress.Read<Survey>("survey") ?? new Survey(), workers, found => _progress.Write("survey", found), cancellation);
        PlantedFault[] asked = [.. planted.Faults.Where(each => settings.Only.Count == 0 || settings.Only.Contains(each.Number))];
        var report = new Report(asked, planted.Rejected, await TryAsync(workers, sandbox, survey, asked, cancellation));
        foreach (string line in report.Lines())
        {
            say(line);
        }

        return report.Percent;
    }

    private async Task<PlantedFaults> PlantAsync(CancellationToken cancellation)
    {
        var sources = new SourceTree(settings.Repository);
        string stamp = sources.Stamp(settings.Count, settings.Seed);
        if (!_progress.IsOf(stamp))
        {
            _progress.Begin(stamp);
        }
        else if (_progress.Read<PlantedFaults>("faults") is { } known)
        {
            say($"==> go on in {settings.Work}");
            return known;
        }

        say($"==> copy the sources to {settings.Tree}");
        sources.CopyTo(settings.Tree);
        var build = new CopyBuild(settings);
        build.Prepare();
        say("==> build without faults");
        await build.RunAsync("build.log", cancellation);
        say("==> plant");
        PlantedFaults planted = Plant();
        say(string.Create(CultureInfo.InvariantCulture,
            $"    {planted.Faults.Count} planted, {planted.Rejected.Values.Sum()} others did not compile"));
        say("==> build with faults");
        await build.RunAsync("build-faults.log", cancellation);
        build.PlaceProduct();
        _progress.Write("faults", planted);
        return planted;
    }

    private PlantedFaults Plant()
    {
        ProductProject[] projects = [.. Settings.Product.Select(name => ProductProject.Read(settings.Tree, name))];
        if (projects.SelectMany(project => ProductProject.Errors(project.Compilation)).FirstOrDefault() is { } error)
        {
            throw new MutantsException($"the sources do not compile as their build compiled them: {error}");
        }

        var planter = new Planter(settings.Tree, projects, settings.Seed);
        return new PlantedFaults(planter.Plant(settings.Count), planter.Rejected);
    }

    private async Task<IReadOnlyList<Verdict>> TryAsync(
        Workers workers, Sandbox sandbox, Survey survey, IReadOnlyList<PlantedFault> asked, CancellationToken cancellation)
    {
        int tests = survey.Fixtures.Sum(each => each.Tests);
        say(string.Create(
            CultureInfo.InvariantCulture,
            $"==> try each fault: {tests} tests in {survey.Fixtures.Count} fixtures, {survey.LeftOut.Count} tests left out"));
        bool isWhole = settings.Only.Count == 0;
        List<Verdict> verdicts = (isWhole ? _progress.Read<List<Verdict>>("verdicts") : null) ?? [];
        await workers.RunAsync(asked.Where(each => verdicts.All(known => known.Number != each.Number)).ToArray(), async (fault, worker) =>
        {
            Verdict verdict = await new Trial(survey, new Host(sandbox, worker), fault.Number).RunAsync(cancellation);
            lock (_lock)
            {
                verdicts.Add(verdict);
                if (isWhole)
                {
                    _progress.Write("verdicts", verdicts);
                }

                say(Line(fault, verdict));
            }
        });
        return verdicts;
    }

    private static string Line(PlantedFault fault, Verdict verdict)
    {
        string place = string.Create(CultureInfo.InvariantCulture,
            $"    {fault.Number,3} {fault.File}:{fault.Line} {fault.Kind} ({verdict.Seconds:F0} s)");
        string unsteady = verdict.Unsteady.Count == 0 ? "" : $"; not confirmed: {string.Join(", ", verdict.Unsteady)}";
        return $"{place}: {(verdict.IsKilled ? $"killed by {verdict.By}" : "survived")}{unsteady}";
    }
}
