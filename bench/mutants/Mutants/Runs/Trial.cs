using System.Diagnostics;
using TfgridCompose.MutantHost;

namespace TfgridCompose.Mutants.Runs;

/// <summary>
/// Runs the fixtures that reach a fault with the fault on, quick ones first, until one fails and the failure is
/// confirmed.
/// </summary>
internal sealed class Trial(Survey survey, Host host, int fault)
{
    // Batches: a process for the quickest fixtures, one for those that are slower, one for the rest.
    private static readonly double[] BatchSeconds = [10, 40, double.MaxValue];
    private readonly List<string> _unsteady = [];
    private int _tests;

    public async Task<Verdict> RunAsync(CancellationToken cancellation)
    {
        var time = Stopwatch.StartNew();
        string? killer = null;
        foreach (Fixture[] batch in Batches())
        {
            killer = await TryAsync(batch, cancellation);
            if (killer is not null)
            {
                break;
            }
        }

        return new Verdict(fault)
        {
            IsKilled = killer is not null,
            By = killer ?? "",
            Tests = _tests,
            Unsteady = _unsteady,
            Seconds = Math.Round(time.Elapsed.TotalSeconds, 1),
        };
    }

    private IEnumerable<Fixture[]> Batches() =>
        from fixture in survey.Reaching(fault)
        group fixture by fixture.Assembly into assembly
        from batch in Split([.. assembly.OrderBy(each => each.Seconds)])
        orderby batch.Sum(each => each.Seconds)
        select batch;

    private static IEnumerable<Fixture[]> Split(Fixture[] fixtures)
    {
        int taken = 0;
        foreach (double limit in BatchSeconds)
        {
            double seconds = 0;
            Fixture[] batch = [.. fixtures.Skip(taken).TakeWhile(each => (seconds += each.Seconds) <= limit)];
            taken += batch.Length;
            if (batch.Length > 0)
            {
                yield return batch;
            }
        }
    }

    private async Task<string?> TryAsync(Fixture[] batch, CancellationToken cancellation)
    {
        TestAssembly assembly = batch[0].Assembly;
        HostTerms terms = Terms(batch);
        while (true)
        {
            var request = new TestRequest { Fixtures = [.. batch.Select(each => each.Name)], LeftOut = [.. survey.LeftOut, .. _unsteady] };
            HostResult result = await host.RunAsync(assembly, request, terms, cancellation);
            if (result.Passed)
            {
                _tests += result.Events.Count(each => each.Kind == "passed");
                return null;
            }

            TestEvent? suspect = result.Failed.FirstOrDefault() ?? result.Running;
            TestRequest again = suspect is null ? request : new TestRequest { Tests = [suspect.Test] };
            HostResult alone = await host.RunAsync(assembly, again, terms, cancellation);
            if (!alone.Passed && (await host.RunAsync(assembly, again, terms with { Fault = 0 }, cancellation)).Passed)
            {
                return $"{suspect?.Test ?? assembly.Name}: {alone.Failure}";
            }

            // Between two tests there is nothing to leave out: the batch counts as passed.
            if (suspect is null)
            {
                return null;
            }

            _unsteady.Add(suspect.Test);
        }
    }

    private HostTerms Terms(Fixture[] batch) => new()
    {
        Fault = fault,
        Silence = TimeSpan.FromSeconds(60 + (3 * batch.Max(each => each.Seconds))),
        StopsAtFailure = true,
    };
}
