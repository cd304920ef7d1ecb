using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Tests.Shared;

namespace TfgridCompose.Cli.Tests;

/// <summary>
/// Contracts of a paid grid that Terraform's state does not name, as a killed apply leaves them: no machine is paid for twice.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class StrayContractTests : IDisposable
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
        _lab.Write("fakes/state.json", """{"version":4,"serial":1,"lineage":"one","resources":[]}""");
    }

    [Test]
    public async Task After_a_killed_apply_nothing_is_made_again_before_the_contract_is_cancelled()
    {
        string id = await FailAsync();
        _proxy.Node(4711, $"tfc/{id}").Network(4712, $"net_{id}").Network(4713, "net_another").Node(4714, "tfc/another");

        CliResult up = await _lab.RunAsync("up", _lab.App, "--yes");

        up.AssertFailed(
            7,
            "TFC0720",
            $"The grid 'main' has contracts of hello ({id}) that Terraform's state does not name: contract 4711 (vm on node 8, Created), "
                + "contract 4712 (network on node 8, Created).",
            "cancel them: `tfcmd cancel contracts 4711 4712`");
        Assert.That(up.Error, Does.Contain($"`tfgrid-compose down {id}`"));
        Assert.That(Applies, Is.EqualTo(1));
        Assert.That(_lab.Record.Status, Is.EqualTo(DeploymentStatus.Failed));
        CliResult plan = await _lab.RunAsync("plan", _lab.App);
        plan.AssertFailed(7, "TFC0720", "4711", "tfcmd");

        _proxy.Cancel(4711);
        _proxy.Cancel(4712);
        CliResult again = await _lab.RunAsync("up", _lab.App, "--yes");

        Assert.That(again.ExitCode, Is.Zero, again.Error);
        Assert.That(Applies, Is.EqualTo(2));
        Assert.That(_proxy.Queries, Has.All.StartsWith("/contracts?node_id=8&"), "the twin is not known, and need not be");
    }

    [Test]
    public async Task A_grid_that_cannot_be_asked_after_a_failure_stops_it_too()
    {
        await FailAsync();
        _lab.Environment["PROXY_URL"] = "http://127.0.0.1:9";
        _lab.Clock = new LabClock();

        (await _lab.RunAsync("up", _lab.App, "--yes")).AssertFailed(4, "TFC0409", "could not be reached", "again");

        Assert.That(Applies, Is.EqualTo(1));
    }

    [Test]
    public async Task After_an_apply_that_succeeded_a_grid_that_cannot_be_asked_is_only_told()
    {
        await SucceedAsync();
        _lab.Environment["PROXY_URL"] = "http://127.0.0.1:9";
        _lab.Clock = new LabClock();
        _lab.Write("fakes/plan-changes", "");

        CliResult up = await _lab.RunAsync("up", _lab.App, "--yes", "--fresh");

        Assert.That(up.ExitCode, Is.Zero, up.Error);
        Assert.That(up.Error, Does.Contain("whether the grid has contracts that Terraform does not know could not be asked"));
        Assert.That(Applies, Is.EqualTo(2));
    }

    /// <summary>As after a restored state: Terraform would make what the record still knows once more.</summary>
    [Test]
    public async Task A_recorded_contract_that_an_older_state_does_not_name_stops_it()
    {
        string id = await SucceedAsync();
        new DeploymentStore(_lab.State, TimeProvider.System).Save(_lab.Record with
        {
            Contracts = [.. _lab.Record.Contracts, new RecordedContract(4720, 9, "deployment", "grid_deployment.second")],
        });
        _proxy.Node(4711, $"tfc/{id}").Node(4720, $"tfc/{id}", node: 9);
        _lab.Write("fakes/plan-changes", "");

        (await _lab.RunAsync("up", _lab.App, "--yes", "--fresh"))
            .AssertFailed(7, "TFC0720", "does not name: contract 4720 (vm on node 9, Created). An", "contracts 4720`");
    }

    [Test]
    public async Task A_new_deployment_asks_nobody()
    {
        await SucceedAsync();

        Assert.That(_proxy.Queries, Is.Empty);
    }

    private int Applies => _lab.Calls.Count(call => call.StartsWith("terraform apply", StringComparison.Ordinal));

    private async Task<string> FailAsync()
    {
        _lab.Fail("terraform-apply");
        Assert.That((await _lab.RunAsync("up", _lab.App, "--yes")).ExitCode, Is.EqualTo(4));
        _lab.Mend("terraform-apply");
        _lab.Write("fakes/plan-changes", "");
        return _lab.Record.Id;
    }

    private async Task<string> SucceedAsync()
    {
        _lab.Write("fakes/state.json", """
            {"version":4,"serial":1,"lineage":"one","resources":[
              {"mode":"managed","type":"grid_deployment","name":"vm","instances":[{"attributes":{"id":"4711","node":8}}]}]}
            """);
        CliResult up = await _lab.RunAsync("up", _lab.App, "--yes");
        Assert.That(up.ExitCode, Is.Zero, up.Error);
        return _lab.Record.Id;
    }
}
