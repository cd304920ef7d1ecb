using System.Security.Cryptography;
using System.Text;
using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Index;
using TfgridCompose.Core.Records.Journals;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Records.Store;

namespace TfgridCompose.Core.Tests.Records.Deployments;

/// <summary>
/// Files as earlier versions wrote them, kept as they were: a folder for each form that ever lay on a user's disk. They
/// are never edited; a new form gets a new folder.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class OlderStateTests : IDisposable
{
    private const string Id = "k3m9x2q7a";
    private readonly TestHome _home = new();
    private readonly DeploymentFolder _folder;

    public OlderStateTests()
    {
        _folder = _home.Home.Deployment(Id);
        _folder.Create();
        string fixture = Path.Combine(AppContext.BaseDirectory, "Fixtures", "state-1");
        File.Copy(Path.Combine(fixture, "deployment.json"), _folder.Record);
        File.Copy(Path.Combine(fixture, "journal"), _folder.Journal);
        File.Copy(Path.Combine(fixture, "state.yaml"), _folder.State);
        File.Copy(Path.Combine(fixture, "index.yaml"), _home.Home.Index);
    }

    public void Dispose() => _home.Dispose();

    [Test]
    public void The_record_loads_with_all_that_it_says()
    {
        DeploymentRecord record = _home.Store.Load(Id)!;

        Assert.That(
            (record.Schema, record.WrittenBy, record.Name, record.Status, record.WireguardInterface),
            Is.EqualTo((1, (string?)null, "hello-two", DeploymentStatus.Running, "wg0")));
        Assert.That(record.Hosts.Single().Addresses.Select(address => address.Ip), Is.EqualTo(["10.42.2.2", "400:1:2:3::4"]));
        Assert.That(
            StateYaml.Of(record),
            Is.EqualTo(File.ReadAllText(_folder.State).Replace(
                "03:14:15Z",
                record.UpdatedAt.ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture) + "Z",
                StringComparison.Ordinal)));
        Assert.That(new DeploymentStore(_home.Home, TimeProvider.System, "9.8.7").Save(record).WrittenBy, Is.EqualTo("9.8.7"));
    }

    [TestCase("running", "vm", "")]
    [TestCase("running", "other", null)]
    [TestCase("failed", "vm", null)]
    public void A_host_that_serves_since_before_its_app_was_written_down_has_had_it(string status, string appHost, string? inputs)
    {
        File.WriteAllText(_folder.Record, File.ReadAllText(_folder.Record)
            .Replace("\"running\"", $"\"{status}\"", StringComparison.Ordinal)
            .Replace("\"app_hosts\": [\n    \"vm\"", $"\"app_hosts\": [\n    \"{appHost}\"", StringComparison.Ordinal));
        DeploymentRecord record = _home.Store.Load(Id)!;

        Assert.That(record.AppHosts, Is.EqualTo([appHost]));
        Assert.That(record.Hosts.Single().AppInputs, Is.EqualTo(inputs));
    }

    [Test]
    public void The_index_reads_and_what_its_lines_lack_comes_from_the_records()
    {
        IReadOnlyList<IndexEntry> entries = _home.Index.Read();

        Assert.That(entries.Select(entry => (entry.Id, entry.Name, entry.Status, entry.Address)), Is.EqualTo(new[]
        {
            (Id, "hello-two", (DeploymentStatus?)DeploymentStatus.Running, "10.42.2.2"),
            ("b7w1z0c4d", "it's \"é\"", null, null),
        }));
    }

    [Test]
    public void The_plan_finds_nothing_to_do()
    {
        PhaseInputs[] phases =
        [
            .. Enum.GetValues<PhaseId>()
                .Where(phase => phase != PhaseId.Validate)
                .Select(phase => new PhaseInputs(phase, $"{(int)phase}0112233445566778899aabbccddeeff", [])),
        ];

        DeploymentPlan plan = Planner.Plan(phases, new Journal(_folder.Journal).Read(), Observation.Nothing);

        Assert.That(plan.NothingToDo, string.Join(", ", plan.Steps.Select(step => step.Reason)));
    }

    [Test]
    public void The_history_groups_lines_that_name_no_run()
    {
        IReadOnlyList<RunHistory> runs = DeploymentHistory.Of(new Journal(_folder.Journal).Read(), working: null);

        Assert.That(runs.Select(run => (run.User, run.Result, run.Phases.Count)), Is.EqualTo(new[]
        {
            ("ann", RunResult.Failed, 4), ("ann", RunResult.Done, 4), ("ann", RunResult.Cancelled, 1), ("ann", RunResult.Done, 3),
        }));
        Assert.That(runs[0].Duration, Is.EqualTo(TimeSpan.FromSeconds(95)));
    }

    [Test]
    public void The_journal_goes_on_with_lines_of_today()
    {
        var journal = new Journal(_folder.Journal);
        int before = journal.Read().Count;
        new RunJournal(
            journal,
            "up",
            new LockHolder("ann", "laptop", 42, "tfgrid-compose up", DateTimeOffset.UnixEpoch),
            "1.2.3",
            TimeProvider.System).Begin();

        Assert.That(journal.Read(), Has.Count.EqualTo(before + 1));
        Assert.That(DeploymentHistory.Of(journal.Read(), working: null), Has.Count.EqualTo(5));
    }

    // Whatever else a newer version changed: here a member is gone that this one requires, and another has a new type.
    [TestCase(
        "9.8.7",
        "was written by tfgrid-compose 9.8.7 and has schema 2; this version reads up to 1",
        "use tfgrid-compose 9.8.7 or a newer one")]
    [TestCase(
        null,
        "was written by a newer tfgrid-compose and has schema 2",
        "use the version of tfgrid-compose that wrote it, or a newer one")]
    public void A_newer_record_or_journal_is_refused_with_the_version_that_it_needs(string? version, string message, string remedy)
    {
        string mark = version is null ? "" : $"\"written_by\":\"{version}\",";
        File.WriteAllText(_folder.Record, $"{{{mark}\"name\":[\"a\"],\"schema\":2}}");
        Append($"{{{mark}\"schema\":2,\"at\":7}}");

        AssertRefused(() => _home.Store.Load(Id), $"{_folder.Record} {message}", remedy);
        AssertRefused(() => new Journal(_folder.Journal).Read(), $"A line of {_folder.Journal} {message}", remedy);
        Assert.That(_home.Index.Read().Select(entry => entry.Name), Does.Contain("hello-two"), "it stays in sight");
    }

    private static void AssertRefused(Action action, string message, string remedy)
    {
        DiagnosticException problem = Assert.Throws<DiagnosticException>(() => action())!;
        Assert.That(
            (problem.ExitCode, problem.Diagnostics[0].Code, problem.Diagnostics[0].Remedy),
            Is.EqualTo((ExitCode.Conflict, "TFC0705", remedy)));
        Assert.That(problem.Message, Does.StartWith(message));
    }

    private void Append(string json) =>
        File.AppendAllText(_folder.Journal, $"{json} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)))[..16]}\n");
}
