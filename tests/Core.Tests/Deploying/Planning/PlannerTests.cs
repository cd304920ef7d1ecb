using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Fingerprints;
using TfgridCompose.Core.Records.Journals;
using TfgridCompose.Core.Tools.Terraform.Plans;

namespace TfgridCompose.Core.Tests.Deploying.Planning;

public sealed class PlannerTests
{
    private static readonly PhaseInputs[] Phases =
    [
        new(PhaseId.Infrastructure, "i", []),
        new(PhaseId.Network, "n", [PhaseId.Infrastructure]),
        new(PhaseId.Application, "a", [PhaseId.Infrastructure]),
        new(PhaseId.Verify, "v", [PhaseId.Network, PhaseId.Application]),
    ];

    private static readonly InfrastructurePlan Empty = new(TerraformPlan.Empty, []);
    private static readonly InfrastructurePlan OutputsOnly = new(new TerraformPlan([], OutputsChange: true, []), []);
    private static readonly InfrastructurePlan OneMore = new(
        new TerraformPlan([new ResourceChange("grid_deployment.b", "create")], false, []),
        []);

    // Journal: a letter a phase (i, n, a, v), capital where its inputs have changed since, then how it ended. Undone:
    // what is gone in reality.
    [TestCase("", "", "Infrastructure: first time|Network: first time|Application: first time|Verify: first time")]
    [TestCase("i+ n+ a+ v+", "", "")]
    [TestCase("i+ n+ a+ v-", "", "Verify: it failed the last time")]
    [TestCase("i+ n+ a-", "", "Application: it failed the last time|Verify: first time")]
    [TestCase("i+ n+ A+ v+", "", "Application: its inputs changed|Verify: application runs")]
    [TestCase(
        "I+ n+ a+ v+",
        "",
        "Infrastructure: its inputs changed|Network: infrastructure runs|Application: infrastructure runs|Verify: network runs")]
    [TestCase("i+ n+ a+ v+", "Network", "Network: seen|Verify: network runs")]
    [TestCase("i+ n? a+ v+", "", "Network: it was interrupted the last time|Verify: network runs")]
    [TestCase("i+ n+ a+ v!", "", "Verify: it was interrupted the last time")]
    [TestCase("i- i+ n+ a+ v+", "", "")]
    [TestCase(
        "i+ n+ a+ v+ i-",
        "",
        "Infrastructure: it failed the last time|Network: infrastructure runs|Application: infrastructure runs|Verify: network runs")]
    public void The_plan_says_what_runs_and_why(string journal, string undone, string expected)
    {
        Dictionary<PhaseId, string> gone = undone.Length == 0
            ? []
            : new Dictionary<PhaseId, string> { [Enum.Parse<PhaseId>(undone)] = "seen" };

        DeploymentPlan plan = Planner.Plan(Phases, Entries(journal), new Observation(gone));

        Assert.That(Shown(plan), Is.EqualTo(expected));
        Assert.That(plan.NothingToDo, Is.EqualTo(expected.Length == 0));
        Assert.That(plan.Steps.Select(step => step.Phase), Is.EqualTo(Phases.Select(phase => phase.Id)));
    }

    // The second time the planner is asked: what Terraform found decides whether the infrastructure runs, and what has a reason in it.
    [TestCase("i+ n+ a+ v+", "empty", "")]
    [TestCase(
        "i+ n+ a+ v+",
        "more",
        "Infrastructure: seen|Network: infrastructure runs|Application: infrastructure runs|Verify: network runs")]
    [TestCase("I+ n+ a+ v+", "outputs", "Infrastructure: seen")]
    [TestCase("I+ n+ a+ v+", "empty", "Infrastructure: its inputs changed")]
    [TestCase(
        "i+ n+ a+ v+ i-",
        "empty",
        "Infrastructure: it failed the last time|Network: infrastructure ran since|"
        + "Application: infrastructure ran since|Verify: network runs")]
    [TestCase("i+ n+ a+ v+ i=", "empty", "")]
    [TestCase("i+ n+ a+ v+ i~", "empty", "Infrastructure: it failed the last time")]
    public void With_Terraforms_plan_only_what_changes_runs(string journal, string found, string expected)
    {
        var silent = new Observation(new Dictionary<PhaseId, string> { [PhaseId.Infrastructure] = "seen" });

        DeploymentPlan plan = Planner.Plan(
            Phases,
            Entries(journal),
            silent,
            null,
            found switch { "empty" => Empty, "outputs" => OutputsOnly, _ => OneMore });

        Assert.That(Shown(plan), Is.EqualTo(expected));
    }

    [TestCase("i+ n+ A+ v+", "Application: WHO changed|Verify: application runs", "WHO")]
    [TestCase("i+ n+ a+ v+", "", "")]
    [TestCase("i+ n+ A- v+", "Application: it failed the last time|Verify: application runs", "")]
    public void A_reason_names_what_changed_and_asks_only_where_something_did(string journal, string expected, string changed)
    {
        var asked = new List<string?>();
        PhaseInputs[] phases =
        [
            .. Phases.Select(phase => phase with
            {
                ChangesSince = last =>
                {
                    asked.Add(last);
                    return new InputChanges { Changed = ["WHO"] };
                },
            }),
        ];

        DeploymentPlan plan = Planner.Plan(phases, Entries(journal), Observation.Nothing);

        Assert.That(Shown(plan), Is.EqualTo(expected));
        Assert.That(string.Join(' ', plan.Steps.SelectMany(step => step.Changed)), Is.EqualTo(changed));
        Assert.That(asked, changed.Length > 0 ? Is.EqualTo(["A"]) : Is.Empty);
    }

    // The new configuration is known only after the apply, and `plan` never sees it.
    [TestCase("connection_info", "Infrastructure: its inputs changed")]
    [TestCase(
        "wg_config",
        "Infrastructure: its inputs changed|Network: the output wg_config changes|Verify: network runs")]
    [TestCase(
        "primary_ip",
        "Infrastructure: its inputs changed|Network: infrastructure runs|Application: infrastructure runs|Verify: network runs")]
    public void Outputs_that_change_alone_run_what_works_from_them(string output, string expected)
    {
        InfrastructurePlan outputs =
            new(new TerraformPlan([], OutputsChange: true, []) { ChangedOutputs = [output] }, []);

        DeploymentPlan plan = Planner.Plan(Phases, Entries("I+ n+ a+ v+"), Observation.Nothing, null, outputs);

        Assert.That(Shown(plan), Is.EqualTo(expected));
    }

    [TestCase(
        "fresh",
        "Infrastructure: asked for with --fresh|Network: asked for with --fresh|"
        + "Application: asked for with --fresh|Verify: asked for with --fresh")]
    [TestCase("from", "Application: asked for with --from|Verify: asked for with --from")]
    [TestCase("only", "Network: asked for with --only")]
    public void The_user_may_choose(string choice, string expected)
    {
        PhaseSelection selection = choice switch
        {
            "fresh" => new() { Fresh = true },
            "from" => new() { From = PhaseId.Application },
            _ => new() { Only = PhaseId.Network },
        };

        DeploymentPlan plan = Planner.Plan(Phases, Entries("I+ n+ a+ v+"), Observation.Nothing, selection);

        Assert.That(Shown(plan), Is.EqualTo(expected));
    }

    [Test]
    public void A_phase_needs_those_before_it_to_have_been_done()
    {
        var selection = new PhaseSelection { From = PhaseId.Application };

        DiagnosticException? refused = Assert.Throws<DiagnosticException>(() => selection.RequireGround(Phases, Entries("i+ n-")));

        Assert.That((refused!.ExitCode, refused.Diagnostics[0].Code), Is.EqualTo((ExitCode.Usage, PlanCodes.PhaseNeverDone)));
        Assert.That(refused.Message, Does.Contain("network").And.Not.Contain("infrastructure"));
        Assert.That(() => selection.RequireGround(Phases, Entries("i+ n- n+")), Throws.Nothing);
        Assert.That(
            () => selection.RequireGround(Phases, Entries("i+ n+ n-")),
            Throws.TypeOf<DiagnosticException>(),
            "the last time counts");
        Assert.That(() => PhaseSelection.Default.RequireGround(Phases, []), Throws.Nothing);
    }

    [Test]
    public void A_fingerprint_tells_where_one_part_ends()
    {
        // Computed with Python's hashlib from the framed parts.
        Assert.That(Fingerprint.Of("a", "bc"), Is.EqualTo("47ea6f805c5b663e33012cd34184e139"));
        Assert.That(Fingerprint.Of("ab", "c"), Is.Not.EqualTo(Fingerprint.Of("a", "bc")));
        Assert.That(Fingerprint.Of("ä"), Has.Length.EqualTo(32));
    }

    private static string Shown(DeploymentPlan plan) =>
        string.Join('|', plan.Steps.Where(step => step.Runs).Select(step => $"{step.Phase}: {step.Reason}"));

    private static JournalEntry[] Entries(string journal) => [.. journal.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Entry)];

    // '=' done and '~' failed without a change to the machines.
    private static JournalEntry Entry(string word)
    {
        PhaseId id = Phases.Single(phase => phase.Inputs.Equals(word[..1], StringComparison.OrdinalIgnoreCase)).Id;
        JournalResult result = word[1] switch
        {
            '+' or '=' =>
            JournalResult.Done,
            '-' or '~' => JournalResult.Failed,
            '?' => JournalResult.Started,
            _ => JournalResult.Cancelled
        };
        return new JournalEntry
        {
            At = default,
            Verb = "up",
            Phase = id,
            Result = result,
            Inputs = word[..1],
            Changed = word[1] is '=' or '~' ? false : null,
        };
    }
}
