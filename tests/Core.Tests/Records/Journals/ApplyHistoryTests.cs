using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Records.Journals;

namespace TfgridCompose.Core.Tests.Records.Journals;

public sealed class ApplyHistoryTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 0, 0, TimeSpan.Zero);

    [TestCase("", null, true)]
    [TestCase("failed", null, true)]
    [TestCase("started done", 1, true)]
    [TestCase("started", 0, false)]
    [TestCase("started failed", 1, false)]
    [TestCase("started cancelled", 1, false)]
    [TestCase("started done started", 2, false)]
    [TestCase("started failed started done", 3, true)]
    [TestCase("started done failed", 2, true)]
    [TestCase("started failed failed", 2, false)]
    public void An_apply_ended_well_if_it_is_done_and_a_plan_that_failed_is_none(string results, int? last, bool endedWell)
    {
        JournalEntry[] journal = [.. results.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((result, i) => new JournalEntry
        {
            At = Start.AddMinutes(i),
            Verb = "up",
            Phase = PhaseId.Infrastructure,
            Result = Enum.Parse<JournalResult>(result, ignoreCase: true),
        })];
        JournalEntry other = new() { At = Start, Verb = "up", Phase = PhaseId.Wait, Result = JournalResult.Started };
        JournalEntry run = new() { At = Start, Verb = "up", Result = JournalResult.Started };

        Assert.That(
            ApplyHistory.Of([run, .. journal, other]),
            Is.EqualTo(new ApplyHistory(last is { } at ? Start.AddMinutes(at) : null, endedWell)));
    }
}
