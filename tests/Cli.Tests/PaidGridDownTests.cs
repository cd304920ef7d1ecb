using System.Net;
using System.Text.Json;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Journals;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Tests.Shared;

namespace TfgridCompose.Cli.Tests;

/// <summary><c>down</c> on a paid grid: it ends only when GridProxy says that nothing is left.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PaidGridDownTests : IDisposable
{
    private readonly CliLab _lab = CliLab.WithMachine();
    private readonly LoopbackGridProxy _proxy = new();

    public void Dispose()
    {
        _proxy.Dispose();
        _lab.Dispose();
    }

    [SetUp]
    public void Prepare()
    {
        _lab.Environment["TF_VAR_mnemonic"] = "words that own a wallet";
        _lab.Environment["PROXY_URL"] = _proxy.Url;
        _lab.WriteManifest(CliLab.Manifest.Replace("config: {", "config: {node: 8, ", StringComparison.Ordinal));
        State("4711");
    }

    [Test]
    public async Task The_record_names_the_contracts_and_a_proven_end_leaves_a_tombstone_and_the_history()
    {
        string id = await UpAsync();
        Assert.That(
            _lab.Record.Contracts,
            Is.EqualTo([
                new RecordedContract(4711, 8, "deployment", "grid_deployment.vm"),
                new RecordedContract(4712, 8, "network", "grid_network.net"),
            ]));
        _proxy.Node(4711, $"tfc/{id}", state: "Deleted").Node(4712, $"tfc/{id}", state: "Deleted").Node(1, "tfc/another");

        CliResult result = await _lab.RunAsync("down", "hello", "--yes");

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(Directory.GetFileSystemEntries(_lab.State.Deployments), Is.Empty);
        EndedDeployment ended = Ended(id);
        Assert.That(
            (ended.Name, ended.Grid, ended.Proof, string.Join(' ', ended.Contracts)),
            Is.EqualTo(("hello", "main", "grid", "4711 4712")));
        Assert.That(
            new Journal(new EndedDeployments(_lab.State).JournalOf(id)).Read().Select(entry => (entry.Verb, entry.Result)),
            Does.Contain(("down", JournalResult.Done)).And.Contain(("up", JournalResult.Done)));
        Assert.That(
            Directory.GetFiles(_lab.State.Locks).Select(Path.GetExtension).Count(end => end == ".lock"),
            Is.EqualTo(3),
            "the index, the records and the app; the deployment's own is gone");
        Assert.That(File.ReadAllText(Path.Combine(_lab.State.Ended, $"{id}.json")), Does.Not.Contain("wallet"));
    }

    [Test]
    public async Task A_contract_that_stays_is_named_with_the_command_and_the_state_is_kept_until_it_is_gone()
    {
        string id = await UpAsync();
        _proxy.Node(4711, $"tfc/{id}", state: "Deleted")
            .Node(5000, $"tfc/{id}")
            .Network(5001, $"net_{id}", state: "GracePeriod", node: 9)
            .Network(5002, "net_another");

        CliResult result = await _lab.RunAsync("down", "hello", "--yes");

        result.AssertFailed(
            4,
            "TFC0407",
            "after the destroy: contract 5000 (vm on node 8, Created), contract 5001 (network on node 9, GracePeriod). The state is kept",
            $"run `tfcmd cancel contracts 5000 5001`, then `tfgrid-compose down {id}` again; a contract in grace cannot be "
                + "cancelled before the wallet is filled");
        Assert.That(_lab.Record.Status, Is.EqualTo(DeploymentStatus.Destroying));

        _proxy.Cancel(5000);
        _proxy.Cancel(5001);
        Assert.That((await _lab.RunAsync("down", "hello", "--yes")).ExitCode, Is.Zero);
    }

    [Test]
    public async Task An_unreachable_grid_keeps_the_state_and_the_user_may_go_without()
    {
        string id = await UpAsync();
        _lab.Environment["PROXY_URL"] = "http://127.0.0.1:9";
        _lab.Clock = new LabClock();

        CliResult result = await _lab.RunAsync("down", "hello", "--yes");

        result.AssertFailed(
            4,
            "TFC0409",
            "left on the grid. The state is kept. GridProxy could not be reached: http://127.0.0.1:9/:",
            $"tfgrid-compose down {id} --unverified");
        Assert.That(_lab.Folder.Exists);

        CliResult unverified = await _lab.RunAsync("down", "hello", "--yes", "--unverified");
        Assert.That(
            (unverified.ExitCode, unverified.Problems.Single()),
            Is.EqualTo((
                0,
                $"warning TFC0732: Terraform reports hello ({id}) as destroyed, but the grid 'main' was not asked whether "
                    + "contracts are left.")));
        Assert.That(Ended(id).Proof, Is.EqualTo("unverified"));
    }

    [Test]
    public async Task Without_a_twin_the_state_is_kept()
    {
        string id = await UpAsync();

        (await _lab.RunAsync("down", "hello", "--yes")).AssertFailed(
            4,
            "TFC0410",
            "The state is kept. Your twin on the grid 'main' is not known",
            "--unverified");

        _lab.Environment["TFGRID_TWIN"] = "26";
        Assert.That((await _lab.RunAsync("down", id, "--yes")).ExitCode, Is.Zero);
    }

    [Test]
    public async Task A_destroy_that_fails_still_tells_what_is_left()
    {
        string id = await UpAsync();
        _proxy.Node(4711, $"tfc/{id}").Node(4712, $"tfc/{id}", state: "Deleted");
        _lab.Fail("terraform-destroy", """{"type":"diagnostic","diagnostic":{"severity":"error","summary":"node 8 is down"}}""");

        CliResult result = await _lab.RunAsync("down", "hello", "--yes");

        Assert.That(result.ExitCode, Is.EqualTo(4));
        Assert.That(result.Problems, Has.Count.EqualTo(2));
        Assert.That(result.Problems[0], Does.StartWith("error TFC0404"));
        Assert.That(
            result.Problems[1],
            Is.EqualTo("error TFC0407: Still left after the destroy: grid_deployment.vm, grid_network.net, contract 4711 (vm on "
                + "node 8, Created). The state is kept."));
        Assert.That(result.Remedies[1], Does.Contain("tfcmd cancel contracts 4711"));
    }

    [TestCase(null)]
    [TestCase("{\"version\": 4, \"resou")]
    public async Task A_lost_or_torn_state_hides_no_contract(string? state)
    {
        string id = await UpAsync();
        _proxy.Node(4711, $"tfc/{id}");
        Lose(state);

        (await _lab.RunAsync("down", "hello", "--yes")).AssertFailed(
            4,
            "TFC0407",
            "left after the destroy: contract 4711",
            "tfcmd cancel contracts 4711");

        if (state is not null)
        {
            (await _lab.RunAsync("down", "hello", "--yes", "--unverified")).AssertFailed(
                4,
                "TFC0412",
                "terraform.tfstate cannot be read",
                $"run `tfgrid-compose down {id}`, which asks the grid");
        }

        _proxy.Cancel(4711);
        Assert.That((await _lab.RunAsync("down", "hello", "--yes")).ExitCode, Is.Zero);
    }

    [TestCase(null)]
    [TestCase("{\"version\": 4, \"resou")]
    public async Task Without_a_usable_state_nothing_offers_to_rely_on_it(string? state)
    {
        string id = await UpAsync();
        Lose(state);

        CliResult asked = await _lab.RunAsync("down", "hello", "--yes");
        CliResult unverified = await _lab.RunAsync("down", "hello", "--yes", "--unverified");

        asked.AssertFailed(4, "TFC0410", "Could not verify", "twin: NUMBER");
        Assert.That(asked.Error, Does.Not.Contain("--unverified"));
        unverified.AssertFailed(4, "TFC0412", "cannot prove that hello", $"run `tfgrid-compose down {id}`, which asks the grid");
    }

    [Test]
    public async Task A_create_that_fails_half_way_is_recorded_and_its_contract_keeps_the_state()
    {
        _lab.Fail(
            "terraform-apply",
            Error("error sending deployment to the node: timeout, error cancelling contract: closed; you must "
                + "cancel it manually (id: 6000)"));

        CliResult up = await _lab.RunAsync("up", _lab.App, "--yes");

        Assert.That(up.ExitCode, Is.EqualTo(4), up.Error);
        Assert.That(up.Error, Does.Contain("warning TFC0731").And.Contain("may be left: 6000").And.Contain("tfcmd cancel contracts 6000"));
        Assert.That(_lab.Record.DoubtfulContracts, Is.EqualTo([6000]));
        Assert.That(
            _lab.Record.Contracts.Select(contract => contract.Id),
            Is.EqualTo([4711, 4712]),
            "the state that the failed apply left");
        Assert.That(new Journal(_lab.Folder.Journal).Read().Select(entry => entry.Detail), Does.Contain("TFC0731 6000"));

        string id = _lab.Record.Id;
        _proxy.Node(4711, $"tfc/{id}", state: "Deleted").Network(6000, $"net_{id}");
        (await _lab.RunAsync("down", id, "--yes")).AssertFailed(4, "TFC0407", "destroy: contract 6000", "tfcmd cancel contracts 6000");

        _proxy.Cancel(6000);
        Assert.That((await _lab.RunAsync("down", id, "--yes")).ExitCode, Is.Zero);
        Assert.That(Ended(id).Contracts, Is.EqualTo([4711, 4712, 6000]));
    }

    [Test]
    public async Task Where_nothing_was_ever_applied_the_grid_is_not_asked()
    {
        _lab.Fail("terraform-init");
        Assert.That((await _lab.RunAsync("up", _lab.App, "--yes")).ExitCode, Is.EqualTo(4));
        string id = _lab.Record.Id;

        CliResult result = await _lab.RunAsync("down", id, "--yes");

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(_proxy.Queries, Is.Empty);
        Assert.That(Ended(id).Proof, Is.EqualTo("never-applied"));
    }

    [Test]
    public async Task A_record_that_names_no_contracts_yet_learns_them_from_the_state_before_the_destroy()
    {
        string id = await UpAsync();
        DeploymentRecord record = _lab.Record;
        new DeploymentStore(_lab.State, TimeProvider.System).Save(record with { Contracts = [] });
        _proxy.Name(4712).Node(4711, $"tfc/{id}", state: "Deleted");

        (await _lab.RunAsync("down", id, "--yes")).AssertFailed(4, "TFC0407", "left after the destroy: contract 4712", "4712");
    }

    private EndedDeployment Ended(string id) => new EndedDeployments(_lab.State).Find(id)!;

    private void Lose(string? torn)
    {
        Directory.Delete(Path.Combine(_lab.Folder.Terraform, ".terraform"), recursive: true);
        string path = Path.Combine(_lab.Folder.Terraform, "terraform.tfstate");
        File.Delete(path);
        if (torn is not null)
        {
            File.WriteAllText(path, torn);
        }
    }

    private static string Error(string detail) =>
        JsonSerializer.Serialize(new
        {
            type = "diagnostic",
            diagnostic = new { severity = "error", summary = "failed to create", detail },
        });

    private void State(string contract) => _lab.Write("fakes/state.json", $$"""
        {"version":4,"resources":[
          {"mode":"managed","type":"grid_deployment","name":"vm","instances":[{"attributes":{"id":"{{contract}}","node":8} }]},
          {"mode":"managed","type":"grid_network","name":"net","instances":[{"attributes":{"id":"7a1e6c52-2a3b-4c9e-8f6f-0e8d1f9b3a11","node_deployment_id": {"8":4712} } }]}]}
        """);

    private async Task<string> UpAsync()
    {
        CliResult result = await _lab.RunAsync("up", _lab.App, "--yes");
        Assert.That(result.ExitCode, Is.Zero, result.Error);
        return _lab.Record.Id;
    }
}
