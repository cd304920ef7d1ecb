using TfgridCompose.Tests.Shared;

namespace TfgridCompose.Cli.Tests;

/// <summary>
/// A machine of a paid grid that is gone. The provider keeps it in the state and Terraform plans nothing, so GridProxy and the machine
/// itself decide.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LostMachineTests : IDisposable
{
    private const string Replaced = "-out=tfplan -replace=grid_deployment.vm";

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
        _lab.WriteManifest(CliLab.Manifest.Replace("config: {", "config: {node: 8, ", StringComparison.Ordinal));
        State("4711", Machine);
        CliResult up = await _lab.RunAsync("up", _lab.App, "--yes");
        Assert.That(up.ExitCode, Is.Zero, up.Error);
        _id = _lab.Record.Id;
        _proxy.Node(4711, $"tfc/{_id}").Node(4712, $"tfc/{_id}", type: "network");
        _lab.Write("fakes/plan-replacing.json", Plan(Machine, "\"delete\",\"create\""));
    }

    [TestCase("4711")]
    [TestCase("0")]
    public async Task A_machine_whose_contract_was_cancelled_is_made_anew_without_a_question(string contract)
    {
        _proxy.Cancel(4711);
        Silence();
        if (contract == "0")
        {
            Refreshed("0");
        }

        CliResult plan = await _lab.RunAsync("plan", _lab.App);

        Assert.That(plan.ExitCode, Is.Zero, plan.Error);
        Assert.That(
            plan.Out,
            Does.Contain("replace machine vm: it is gone from the grid").And.Contain("-/+ grid_deployment.vm").And.Not.Contain("DATA"));
        Assert.That(Plans, Has.Some.Contains(Replaced));
    }

    [Test]
    public async Task A_machine_that_answers_is_left_alone_whatever_the_index_says()
    {
        _proxy.Cancel(4711);
        int plans = Plans.Count;

        CliResult up = await _lab.RunAsync("up", _lab.App, "--fresh", "--yes");

        Assert.That(up.ExitCode, Is.Zero, up.Error);
        Assert.That(Plans.Skip(plans), Has.Exactly(1).Items.And.None.Contains("-replace"));
        Assert.That(_proxy.Queries, Is.Empty, "nobody had to be asked");
    }

    [Test]
    public async Task A_silent_machine_with_a_live_contract_is_waited_for_and_then_replaced_with_the_users_word()
    {
        Silence();
        int plans = Plans.Count;

        CliResult first = await _lab.RunAsync("up", _lab.App, "--yes", "--wait-limit", "1");
        int after = Plans.Count;
        CliResult second = await _lab.RunAsync("up", _lab.App, "--yes");

        Assert.That(first.ExitCode, Is.EqualTo(6), first.Error);
        Assert.That(Plans.Take(after).Skip(plans), Has.None.Contains("-replace"));
        second.AssertFailed(2, "TFC0107", "This replaces machine vm. ALL DATA ON IT IS LOST. Go on?", "--allow-data-loss");
        Assert.That(second.Error, Does.Contain("it does not answer, and the last wait for it was in vain"));
        Assert.That(Plans.Skip(after), Has.Exactly(1).Items.And.All.Contains(Replaced));
    }

    [Test]
    public async Task Without_an_answer_of_the_grid_nothing_is_replaced()
    {
        Silence();
        _lab.Clock = new LabClock();
        Assert.That((await _lab.RunAsync("up", _lab.App, "--yes", "--wait-limit", "1")).ExitCode, Is.EqualTo(6));
        _lab.Environment["PROXY_URL"] = "http://127.0.0.1:9";

        CliResult again = await _lab.RunAsync("up", _lab.App, "--yes", "--wait-limit", "1");

        Assert.That(again.ExitCode, Is.EqualTo(6), again.Error);
        Assert.That(again.Error, Does.Contain("whether the machines' contracts are live could not be asked"));
        Assert.That(Plans, Has.None.Contains("-replace"));
    }

    private string Machine => $$"""{"name":"vm","memory":512,"computedip":"{{_lab.Address}}/32"}""";

    private IReadOnlyList<string> Plans => [.. _lab.Calls.Where(call => call.StartsWith("terraform plan", StringComparison.Ordinal))];

    private void Silence()
    {
        _lab.StopMachine();
        _lab.Write("fakes/login-fails", "ssh: connect to host 10.1.1.1 port 22: Connection refused");
    }

    // As an apply or a refresh that was saved leaves it: no workload is in it any more.
    private void Refreshed(string contract)
    {
        State(contract, "");
        File.Copy(Path.Combine(_lab.Fakes, "state.json"), Path.Combine(_lab.Folder.Terraform, "terraform.tfstate"), overwrite: true);
        _lab.Write("fakes/plan-replacing.json", Plan("", "\"delete\",\"create\""));
    }

    private static string Plan(string before, string actions) => $$"""
        {"resource_changes":[{"address":"grid_deployment.vm","mode":"managed","type":"grid_deployment","name":"vm",
          "change":{"actions":[{{actions}}],"before":{"vms":[{{before}}]},"after":{"vms":[{"name":"vm","memory":512}]},
            "after_unknown":{"id":true,"vms":[{"computedip":true}]} } } ],
         "output_changes":{} }
        """;

    private void State(string contract, string machine) => _lab.Write("fakes/state.json", $$"""
        {"version":4,"resources":[
          {"mode":"managed","type":"grid_deployment","name":"vm",
            "instances":[{"attributes":{"id":"{{contract}}","node":8,"vms":[{{machine}}]} }]},
          {"mode":"managed","type":"grid_network","name":"net","instances":[{"attributes":{"id":"7a1e6c52-2a3b-4c9e-8f6f-0e8d1f9b3a11","node_deployment_id": {"8":4712} } }]}]}
        """);
}
