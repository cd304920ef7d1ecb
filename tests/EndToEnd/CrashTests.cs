using System.Diagnostics;
using TfgridCompose.EndToEnd.Tests.Support;
using TfgridCompose.EndToEnd.Tests.Support.Crash;

namespace TfgridCompose.EndToEnd.Tests;

/// <summary>
/// A process that is killed at any instant leaves a state that the next command understands. Alone on the machine, because the whole of
/// it is compared. <c>bench/crash.sh</c> runs the same with many more kills.
/// </summary>
[NonParallelizable]
[Category("Exclusive")]
public sealed class CrashTests
{
    private const int ShortForm = 6;
    private const int Seed = 20260;

    [Test]
    public async Task A_killed_up_or_down_is_finished_by_the_next_and_leaves_nothing()
    {
        int count = CrashPlan.Number("TFC_CRASH_COUNT", ShortForm);
        int seed = CrashPlan.Number("TFC_CRASH_SEED", Seed);
        await using CrashDriver driver = await CrashDriver.CreateAsync(isShared: CrashPlan.Number("TFC_CRASH_SHARED", 0) != 0);
        bool boundaries = count > ShortForm;
        IReadOnlyList<CrashCase> plan = CrashPlan.Of(count, seed, boundaries ? driver.Up.Lines : 0, boundaries ? driver.Down.Lines : 0);
        await ReportAsync(
            $"seed {seed}, {plan.Count} cases; undisturbed: up {driver.Up.Time.TotalSeconds:F1} s, {driver.Up.Lines} journal lines; "
            + $"down {driver.Down.Time.TotalSeconds:F1} s, {driver.Down.Lines}");
        await ReportAsync(CrashRow.Header);

        var rows = new List<CrashRow>();
        int seconds = CrashPlan.Number("TFC_CRASH_SECONDS", int.MaxValue);
        var watch = Stopwatch.StartNew();
        int offset = CrashPlan.Number("TFC_CRASH_OFFSET", 0);
        foreach (CrashCase @case in plan.Skip(offset).Take(CrashPlan.Number("TFC_CRASH_LIMIT", plan.Count)))
        {
            if (watch.Elapsed.TotalSeconds > seconds)
            {
                await ReportAsync($"{seconds} s are over; the next slice begins at OFFSET {@case.Number - 1}");
                break;
            }

            rows.Add(await driver.RunAsync(@case));
            await ReportAsync($"{rows[^1]}");
        }

        Assert.That(rows, Is.Not.Empty);
        Assert.That(rows.Where(row => !row.Passed).Select(row => $"{row}"), Is.Empty);
    }

    private static async Task ReportAsync(string line)
    {
        await TestContext.Out.WriteLineAsync(line);
        if (Environment.GetEnvironmentVariable("TFC_CRASH_TABLE") is { Length: > 0 } table)
        {
            await File.AppendAllTextAsync(table, $"{line}\n");
        }
    }
}
