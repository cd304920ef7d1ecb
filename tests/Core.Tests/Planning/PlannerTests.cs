using TfgridCompose.Core.Fingerprints;
using TfgridCompose.Core.Phases;
using TfgridCompose.Core.Planning;
using TfgridCompose.Core.State;

namespace TfgridCompose.Core.Tests.Planning;

public sealed class PlannerTests
{
    private static readonly (PhaseId Id, string Inputs, IReadOnlyList<PhaseId> RunsAfter)[] Phases =
    [
        (PhaseId.Infrastructure, "i", []),
        (PhaseId.Network, "n", [PhaseId.Infrastructure]),
        (PhaseId.Application, "a", [PhaseId.Infrastructure]),
        (PhaseId.Verify, "v", [PhaseId.Network, PhaseId.Application]),
    ];

    // Journal: a letter a phase (i, n, a, v), capital where its inputs have changed since, then how it ended. Undone: what is gone in reality.
    [TestCase("", "", "Infrastructure: first time|Network: first time|Application: first time|Verify: first time")]
    [TestCase("i+ n+ a+ v+", "", "")]
    [TestCase("i+ n+ a+ v-", "", "Verify: it failed the last time")]
    [TestCase("i+ n+ a-", "", "Application: it failed the last time|Verify: first time")]
    [TestCase("i+ n+ A+ v+", "", "Application: its inputs changed|Verify: application runs")]
    [TestCase("I+ n+ a+ v+", "", "Infrastructure: its inputs changed|Network: infrastructure runs|Application: infrastructure runs|Verify: network runs")]
    [TestCase("i+ n+ a+ v+", "Network", "Network: seen|Verify: network runs")]
    [TestCase("i+ n? a+ v+", "", "Network: it was interrupted the last time|Verify: network runs")]
    [TestCase("i+ n+ a+ v!", "", "Verify: it was interrupted the last time")]
    [TestCase("i- i+ n+ a+ v+", "", "")]
    [TestCase("i+ n+ a+ v+ i-", "", "Infrastructure: it failed the last time|Network: infrastructure runs|Application: infrastructure runs|Verify: network runs")]
    public void The_plan_says_what_runs_and_why(string journal, string undone, string expected)
    {
        Dictionary<PhaseId, string> gone = undone.Length == 0 ? [] : new Dictionary<PhaseId, string> { [Enum.Parse<PhaseId>(undone)] = "seen" };

        DeploymentPlan plan = Planner.Plan(Phases, [.. journal.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Entry)], new Observation(gone));

        Assert.That(string.Join('|', plan.Steps.Where(step => step.Runs).Select(step => $"{step.Phase}: {step.Reason}")), Is.EqualTo(expected));
        Assert.That(plan.NothingToDo, Is.EqualTo(expected.Length == 0));
        Assert.That(plan.Steps.Select(step => step.Phase), Is.EqualTo(Phases.Select(phase => phase.Id)));
    }

    [Test]
    public void A_fingerprint_tells_where_one_part_ends()
    {
        // Computed with Python's hashlib from the framed parts.
        Assert.That(Fingerprint.Of("a", "bc"), Is.EqualTo("47ea6f805c5b663e33012cd34184e139"));
        Assert.That(Fingerprint.Of("ab", "c"), Is.Not.EqualTo(Fingerprint.Of("a", "bc")));
        Assert.That(Fingerprint.Of("ä"), Has.Length.EqualTo(32));
    }

    private static JournalEntry Entry(string word)
    {
        PhaseId id = Phases.Single(phase => phase.Inputs.Equals(word[..1], StringComparison.OrdinalIgnoreCase)).Id;
        JournalResult result = word[1] switch { '+' => JournalResult.Done, '-' => JournalResult.Failed, '?' => JournalResult.Started, _ => JournalResult.Cancelled };
        return new JournalEntry { At = default, Verb = "up", Phase = id, Result = result, Inputs = word[..1] };
    }
}
