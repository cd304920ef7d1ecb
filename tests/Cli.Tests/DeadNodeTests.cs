using TfgridCompose.Core.Records.Store;
using TfgridCompose.Tests.Shared;

namespace TfgridCompose.Cli.Tests;

/// <summary>
/// A node of a paid grid that does not answer. The provider asks it before it reads, changes or ends anything, and the played one does
/// too; the contracts themselves end on the chain without it.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DeadNodeTests : IDisposable
{
    private readonly CliLab _lab = CliLab.WithMachine();
    private readonly LoopbackGridProxy _proxy = new();
    private string _id = "";

    public void Dispose()
    {
        _proxy.Dispose();
        _lab.Dispose();
    }

    [SetUp]
    public async Task Deploy()
    {
        _lab.Environment["TF_VAR_mnemonic"] = "words that own a wallet";
        _lab.Environment["PROXY_URL"] = _proxy.Url;
        Pin(8);
        _lab.Write("fakes/state.json", $$"""
            {"version":4,"serial":1,"lineage":"one","resources":[
              {"mode":"managed","type":"grid_deployment","name":"vm",
                "instances":[{"attributes":{"id":"4711","node":8,"vms":[{{Machine}}]} }]},
              {"mode":"managed","type":"grid_network","name":"net",
                "instances":[{"attributes":{"id":"7a1e6c52-2a3b-4c9e-8f6f-0e8d1f9b3a11","nodes":[8],"node_deployment_id":{"8":4712} } }]}]}
            """);
        CliResult up = await _lab.RunAsync("up", _lab.App, "--yes");
        Assert.That(up.ExitCode, Is.Zero, up.Error);
        _id = _lab.Record.Id;
        _proxy.Node(4711, $"tfc/{_id}").Network(4712, $"net_{_id}");
        Die("\"node\":8 \"nodes\":[8]");
    }

    [Test]
    public async Task Down_ends_everything_with_a_node_that_answers_in_place_of_the_dead_one()
    {
        EndContractsAfter(destroys: 2);

        CliResult down = await _lab.RunAsync("down", _id, "--yes");

        Assert.That(down.ExitCode, Is.Zero, down.Error);
        Assert.That(down.Error, Does.Contain("so it runs again and asks node 5 in place of those that are left"));
        Assert.That(Destroys, Has.Exactly(2).Items.And.All.Contains("-refresh=false"));
        Assert.That(_proxy.Queries, Has.Some.Contains("/nodes?status=up&healthy=true&size=50&excluded=8"));
        Assert.That(new EndedDeployments(_lab.State).Find(_id)!.Proof, Is.EqualTo("grid"));
    }

    [Test]
    public async Task Where_no_node_answers_down_names_the_contracts_and_ends_once_they_are_cancelled()
    {
        _proxy.Nodes = [];

        CliResult down = await _lab.RunAsync("down", _id, "--yes");

        Assert.That((down.ExitCode, down.Problems.Count), Is.EqualTo((4, 2)), down.Error);
        Assert.That(down.Error, Does.Contain("TFC0404").And.Contain("failed to get node features").And.Contain("TFC0407"));
        Assert.That(down.Error, Does.Contain("contract 4711 (vm on node 8, Created), contract 4712 (network"));
        Assert.That(down.Remedies[1], Does.Contain("`tfcmd cancel contracts 4711 4712` removes them"));

        _proxy.Cancel(4711);
        _proxy.Cancel(4712);
        CliResult again = await _lab.RunAsync("down", _id, "--yes");

        Assert.That(again.ExitCode, Is.Zero, again.Error);
        Assert.That(again.Error, Does.Contain(
            "could not destroy grid_deployment.vm, grid_network.net, but the grid shows that all contracts have ended"));
    }

    [Test]
    public async Task A_second_node_is_asked_where_the_first_has_died_too()
    {
        Die("\"node\":8 \"node\":5");
        EndContractsAfter(destroys: 3);

        CliResult down = await _lab.RunAsync("down", _id, "--yes");

        Assert.That(down.ExitCode, Is.Zero, down.Error);
        Assert.That(Destroys, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_plan_that_fails_says_how_to_move_the_machines_of_a_dead_node()
    {
        _lab.StopMachine();
        _lab.Write("fakes/login-fails", "ssh: connect to host 10.1.1.1 port 22: Connection refused");

        CliResult up = await _lab.RunAsync("up", _lab.App, "--yes");

        up.AssertFailed(
            4,
            "TFC0402",
            "terraform plan ended with exit code 1",
            "If a node is dead, its machines can be made anew on another one, without their data: add `--leave-node 8`");
    }

    [Test]
    public async Task Up_leaves_a_dead_node_with_the_users_word_and_asks_another_before_it_ends_the_contract()
    {
        Pin(9);
        _lab.Write("fakes/plan-replacing.json", $$"""
            {"resource_changes":[{"address":"grid_deployment.vm","mode":"managed","type":"grid_deployment","name":"vm",
              "change":{"actions":["delete","create"],"before":{"vms":[{{Machine}}]},"after":{"vms":[{"name":"vm","memory":512}]},
                "after_unknown":{"id":true} } },
              {"address":"grid_network.net","mode":"managed","type":"grid_network","name":"net",
              "change":{"actions":["update"],"before":{"nodes":[8]},"after":{"nodes":[9]},"after_unknown":{} } } ],"output_changes":{} }
            """);

        CliResult asked = await _lab.RunAsync("up", _lab.App, "--yes", "--leave-node", "8");
        Assert.That(StateNow, Does.Contain("\"node\":8"), "nothing is touched before the user has agreed");
        CliResult up = await _lab.RunAsync("up", _lab.App, "--yes", "--leave-node", "8", "--allow-data-loss");

        asked.AssertFailed(2, "TFC0107", "This replaces machine vm. ALL DATA ON IT IS LOST", "--allow-data-loss");
        Assert.That(asked.Error, Does.Contain("it leaves node 8"));
        Assert.That(up.ExitCode, Is.Zero, up.Error);
        string[] plans = [.. _lab.Calls.Where(call => call.Contains("terraform plan", StringComparison.Ordinal)).TakeLast(3)];
        Assert.That(plans.Take(2), Has.All.Contains("-refresh=false -replace=grid_deployment.vm"));
        Assert.That(plans[2], Does.Contain("-refresh=false").And.Not.Contain("-replace"), "outputs that the apply changed unplanned");
        string pushed = _lab.Calls.Last(call => call.StartsWith("terraform state push", StringComparison.Ordinal));
        Assert.That(
            _lab.Calls.ToList().LastIndexOf(pushed),
            Is.LessThan(_lab.Calls.ToList().FindLastIndex(call => call.StartsWith("terraform apply", StringComparison.Ordinal))));
        Assert.That(_lab.Record.Hosts.Single().NodeId, Is.EqualTo(9));
    }

    [Test]
    public async Task A_machine_that_the_manifest_puts_on_a_node_that_is_left_is_refused()
    {
        CliResult up = await _lab.RunAsync("up", _lab.App, "--yes", "--leave-node", "8");

        up.AssertFailed(2, "TFC0276", "puts 'vm' on node 8, which --leave-node leaves", "name another node");
    }

    private string Machine => $$"""{"name":"vm","memory":512,"computedip":"{{_lab.Address}}/32"}""";

    private string StateNow => File.ReadAllText(Path.Combine(_lab.Folder.Terraform, "terraform.tfstate"));

    private IReadOnlyList<string> Destroys =>
        [.. _lab.Calls.Where(call => call.StartsWith("terraform destroy", StringComparison.Ordinal))];

    private void Pin(int node) =>
        _lab.WriteManifest(CliLab.Manifest.Replace("config: {", $"config: {{node: {node}, ", StringComparison.Ordinal));

    private void Die(string inState) => _lab.Write("fakes/dead-nodes", inState);

    // As the chain does when a destroy succeeds; the index is asked only afterwards.
    private void EndContractsAfter(int destroys) => _proxy.OnQuery = _ =>
    {
        if (Destroys.Count == destroys)
        {
            _proxy.Cancel(4711);
            _proxy.Cancel(4712);
        }
    };
}
