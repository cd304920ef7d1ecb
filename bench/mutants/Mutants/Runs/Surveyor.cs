using System.Diagnostics;
using System.Globalization;
using TfgridCompose.MutantHost;

namespace TfgridCompose.Mutants.Runs;

/// <summary>
/// Runs each fixture in a process of its own, so that what it reaches is known exactly, once-only initialization and
/// child processes included.
/// </summary>
internal sealed class Surveyor(Settings settings, Sandbox sandbox, Action<string> say)
{
    private readonly Lock _lock = new();

    /// <summary>Goes on with what is known, and keeps each result.</summary>
    public async Task<Survey> RunAsync(Survey known, Workers workers, Action<Survey> keep, CancellationToken cancellation)
    {
        Survey survey = known;
        IEnumerable<(TestAssembly, string)> all = await ListAsync(cancellation);
        await workers.RunAsync(all.Where(each => !known.Knows(each.Item2)), async (each, worker) =>
        {
            Fixture found = await SurveyAsync(each.Item1, each.Item2, new Host(sandbox, worker), cancellation);
            lock (_lock)
            {
                survey = survey with { Fixtures = [.. survey.Fixtures, found] };
                keep(survey);
            }
        });
        return survey;
    }

    private async Task<IReadOnlyList<(TestAssembly Assembly, string Fixture)>> ListAsync(CancellationToken cancellation)
    {
        List<(TestAssembly, string)> all = [];
        foreach (TestAssembly assembly in TestAssembly.Find(settings.Tree))
        {
            string folder = Path.GetDirectoryName(assembly.Path) ?? "";
            File.Copy(Path.Combine(AppContext.BaseDirectory, Host.Assembly), Path.Combine(folder, Host.Assembly), overwrite: true);
            HostResult listed = await new Host(sandbox, 0).RunAsync(assembly, new TestRequest(), new HostTerms(), cancellation);
            if (!listed.IsWhole)
            {
                throw new MutantsException($"the tests of {assembly.Name} cannot be listed; see {settings.In("run/0/log")}");
            }

            all.AddRange(listed.Events.Where(each => each.Kind == "found")
                .Select(each => each.Fixture).Distinct().Select(fixture => (assembly, fixture)));
        }

        return all;
    }

    private async Task<Fixture> SurveyAsync(TestAssembly assembly, string fixture, Host host, CancellationToken cancellation)
    {
        string hits = settings.In(Path.Combine("hits", $"{assembly.Name} {fixture}"));
        Directory.CreateDirectory(hits);
        var time = Stopwatch.StartNew();
        HostResult result = await host.RunAsync(assembly,
            new TestRequest { Fixtures = [fixture] }, new HostTerms { Hits = hits }, cancellation);
        var found = new Fixture(assembly, fixture)
        {
            Seconds = time.Elapsed.TotalSeconds,
            IsWhole = result.IsWhole,
            Tests = result.Events.Count(each => each.Kind == "passed"),
            LeftOut = [.. await FailingAsync(assembly, result, host, cancellation)],
            Reached = [.. Directory.GetFiles(hits).Select(file => int.Parse(Path.GetFileName(file), CultureInfo.InvariantCulture)).Order()],
        };
        if (!found.IsWhole)
        {
            say($"    does not come to its end without a fault, left out: {fixture}");
        }

        return found;
    }

    // A test that fails beside others and passes alone stays: each kill is confirmed alone.
    private async Task<List<string>> FailingAsync(TestAssembly assembly, HostResult result, Host host, CancellationToken cancellation)
    {
        List<string> failing = [];
        foreach (string test in result.Failed.Select(each => each.Test).Distinct())
        {
            HostResult alone = await host.RunAsync(assembly, new TestRequest { Tests = [test] }, new HostTerms(), cancellation);
            if (!alone.Passed)
            {
                failing.Add(test);
                say($"    fails without a fault, left out: {test}: {alone.Failure}");
            }
        }

        return failing;
    }
}
