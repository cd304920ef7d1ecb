using TfgridCompose.EndToEnd.Tests.Support;

namespace TfgridCompose.EndToEnd.Tests;

/// <summary>What an <c>up</c> costs that has nothing to do.</summary>
[NonParallelizable]
[Category("Alone")]
public sealed class UnchangedUpTests
{
    private const int Runs = 7;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    [Test]
    public async Task With_nothing_changed_up_takes_at_most_two_seconds_and_a_tenth_of_the_first()
    {
        await using Lab lab = await Lab.CreateAsync();
        string app = lab.In("hello");
        Folders.Copy(Path.Combine(Product.Repository, "examples", "hello"), app);
        ProgramResult first = (await lab.RunAsync("up", app, "--grid", "local")).MustEndWith(0);
        var deployment = Deployment.OfLink(Path.Combine(app, ".tfgrid-compose"));
        int lines = deployment.Journal.Count;

        var times = new List<TimeSpan>();
        for (int i = 0; i < Runs; i++)
        {
            ProgramResult again = (await lab.RunAsync("up", app, "--grid", "local")).MustEndWith(0);
            Assert.That(again.Errors, Does.Contain("nothing to do"));
            times.Add(again.Elapsed);
        }

        TimeSpan median = times.Order().ElementAt(Runs / 2);
        await TestContext.Out.WriteLineAsync(
            $"first up {first.Elapsed.TotalSeconds:F2} s, unchanged {times.Min().TotalSeconds:F2} to {times.Max().TotalSeconds:F2} s: "
            + $"{median / first.Elapsed:F3} of it (fastest {times.Min() / first.Elapsed:F3})");
        Assert.That(deployment.Journal, Has.Count.EqualTo(lines), "nothing was done");
        Assert.That(times.Max(), Is.LessThanOrEqualTo(Limit));
        Assert.That(median / first.Elapsed, Is.LessThanOrEqualTo(0.1));
    }
}
