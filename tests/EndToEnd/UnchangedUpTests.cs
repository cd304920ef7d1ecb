using TfgridCompose.EndToEnd.Tests.Support;

namespace TfgridCompose.EndToEnd.Tests;

/// <summary>What an <c>up</c> costs that has nothing to do.</summary>
[NonParallelizable]
[Category("Alone")]
public sealed class UnchangedUpTests
{
    private const int Deployments = 3;
    private const int Runs = 5;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    [Test]
    public async Task With_nothing_changed_up_takes_at_most_two_seconds_and_a_tenth_of_the_first()
    {
        await using Lab lab = await Lab.CreateAsync();
        var first = new List<TimeSpan>();
        var unchanged = new List<TimeSpan>();
        for (int i = 0; i < Deployments; i++)
        {
            string app = lab.In($"hello-{i}");
            Folders.Copy(Path.Combine(Product.Repository, "examples", "hello"), app);
            first.Add((await lab.RunAsync("up", app, "--grid", "local")).MustEndWith(0).Elapsed);
            var deployment = Deployment.OfLink(Path.Combine(app, ".tfgrid-compose"));
            int lines = deployment.Journal.Count;

            // The new machine still starts its services, and this computer may have only two processors.
            await Task.Delay(TimeSpan.FromSeconds(5));
            for (int run = 0; run < Runs; run++)
            {
                ProgramResult again = (await lab.RunAsync("up", app, "--grid", "local")).MustEndWith(0);
                Assert.That(again.Errors, Does.Contain("nothing to do"));
                unchanged.Add(again.Elapsed);
            }

            Assert.That(deployment.Journal, Has.Count.EqualTo(lines), "nothing was done");
            (await lab.RunAsync("down", app, "--yes")).MustEndWith(0);
        }

        double ratio = Median(unchanged) / Median(first);
        await TestContext.Out.WriteLineAsync(
            $"first up {Median(first).TotalSeconds:F2} s, unchanged {Median(unchanged).TotalSeconds:F2} s, {ratio:F3} of it; "
            + $"unchanged {unchanged.Min().TotalSeconds:F2} to {unchanged.Max().TotalSeconds:F2} s");
        Assert.That(unchanged.Max(), Is.LessThanOrEqualTo(Limit));
        Assert.That(ratio, Is.LessThanOrEqualTo(0.1));
    }

    private static TimeSpan Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);
}
