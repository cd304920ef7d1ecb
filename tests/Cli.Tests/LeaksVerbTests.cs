using System.Text.Json;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Tests.Shared;

namespace TfgridCompose.Cli.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LeaksVerbTests : IDisposable
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
        _lab.Environment["TFGRID_TWIN"] = "26";
    }

    [Test]
    public async Task Where_nothing_leaks_it_says_whom_it_asked()
    {
        CliResult result = await _lab.RunAsync("leaks", "--grid", "main", "--detailed-exitcode");

        Assert.That((result.ExitCode, result.Out, result.Error), Is.EqualTo((0, "", "no leaks; checked: main, this machine\n")));
        Assert.That(
            _proxy.Queries,
            Is.EqualTo(["/contracts?twin_id=26&state=Created,GracePeriod&sort_by=contract_id&size=500&page=1&ret_count=true"]));
    }

    [Test]
    public async Task Ended_ones_are_ours_unknown_ones_foreign_and_living_ones_not_listed()
    {
        _lab.Write("fakes/state.json", """{"resources":[{"mode":"managed","type":"grid_deployment","name":"vm","instances":[{"attributes":{"id":"1","node":8}}]}]}""");
        string living = await UpAsync();
        Tombstone("ended1");
        _proxy.Node(1, $"tfc/{living}")
            .Node(2, "tfc/ended1")
            .Node(3, "tfc/theirs", type: "network", node: 9)
            .Node(4, "vm/web")
            .Node(5, "tfc/other", twin: 7);

        CliResult result = await _lab.RunAsync("leaks", "--detailed-exitcode");

        Assert.That(result.ExitCode, Is.EqualTo(10), result.Error);
        Assert.That(result.Out, Is.EqualTo("""
            ours     ended1 (old) on main: it ended 1970-01-01 00:00:00 UTC
                       contract 2 (vm on node 8, Created)
            foreign  theirs on main: no deployment of yours
                       contract 3 (network on node 9, Created)

            """));
        Assert.That(result.Error, Does.Contain("tfgrid-compose leaks --clean\n").And.Contain("tfgrid-compose leaks --clean ID\n"));
        Assert.That((await _lab.RunAsync("leaks")).ExitCode, Is.Zero, "without the option, a list is no failure");
    }

    [Test]
    public async Task A_contract_beside_the_state_of_a_living_deployment_is_a_stray_and_goes_by_its_number()
    {
        string living = await UpAsync();
        _proxy.Node(1, $"tfc/{living}");

        CliResult result = await _lab.RunAsync("leaks", "--clean", living, "--yes");

        Assert.That(result.ExitCode, Is.EqualTo(4), result.Error);
        Assert.That(
            result.Error,
            Does.Contain($"ours     {living} (hello) on main: the deployment exists, but its Terraform state "
                + $"does not contain them").And.Contain(
                "tfcmd cancel contracts 1`"));
        Assert.That(_lab.Calls, Has.None.StartsWith("terraform destroy").And.None.StartsWith("local-grid cancel"));
        CliResult status = await _lab.RunAsync("status", "hello");
        Assert.That(status.ExitCode, Is.EqualTo(6), status.Error);
        Assert.That(
            status.Out,
            Does.Contain("contract 1 (vm on node").And.Contain("is not in Terraform's state"),
            "it lives, with a stray beside it");
    }

    [Test]
    public async Task Scripts_get_the_same_as_json()
    {
        Tombstone("ended1");
        _proxy.Node(2, "tfc/ended1", state: "GracePeriod");

        CliResult result = await _lab.RunAsync("leaks", "--output", "json");

        JsonElement leak = result.Json.GetProperty("contracts")[0];
        Assert.That(
            (
                leak.GetProperty("grid").GetString(),
                leak.GetProperty("deployment_id").GetString(),
                leak.GetProperty("owner").GetString(),
                leak.GetProperty("stray").GetBoolean()),
            Is.EqualTo(("main", "ended1", "ours", false)));
        Assert.That(leak.GetProperty("contracts")[0].ToString().Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal), Is.EqualTo("""{"id":2,"node":8,"type":"node","workload":"vm","state":"GracePeriod"}"""));
        Assert.That(result.Json.GetProperty("grids").EnumerateArray().Select(grid => grid.GetString()), Does.Contain("main"));
        Assert.That(
            (result.Json.GetProperty("machine").GetArrayLength(), result.Json.GetProperty("problems").GetArrayLength()),
            Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task A_grid_that_cannot_be_asked_is_a_failure_and_never_an_empty_list()
    {
        _lab.Environment["PROXY_URL"] = "http://127.0.0.1:9";
        _lab.Clock = new LabClock();

        (await _lab.RunAsync("leaks", "--grid", "main")).AssertFailed(4, "TFC0409", "GridProxy could not be reached", "curl");

        _lab.Environment["PROXY_URL"] = _proxy.Url;
        _lab.Environment.Remove("TFGRID_TWIN");
        (await _lab.RunAsync("leaks", "--grid", "main")).AssertFailed(4, "TFC0410", "twin", "TFGRID_TWIN");
    }

    [Test]
    public async Task Cleaning_without_terraforms_state_gives_the_command_and_verifies()
    {
        Tombstone("ended1");
        _proxy.Node(2, "tfc/ended1").Node(3, "tfc/theirs");

        CliResult result = await _lab.RunAsync("leaks", "--clean", "--yes", "--grid", "main");

        Assert.That(result.ExitCode, Is.EqualTo(4));
        Assert.That(result.Problems.Single(), Is.EqualTo("error TFC0414: Still left after the cleanup:"));
        Assert.That(result.Remedies.Single(), Does.StartWith("with tfcmd logged in to main: `tfcmd cancel contracts 2`, then run"));

        _proxy.Cancel(2);
        CliResult again = await _lab.RunAsync("leaks", "--clean", "--yes", "--grid", "main");
        Assert.That(
            (again.ExitCode, again.Error),
            Is.EqualTo((0, "no leaks of yours; nothing was done\nno leaks; checked: main, this machine\n")),
            "the foreign one is not touched");
    }

    [Test]
    public async Task A_folder_without_a_record_is_cleaned_through_its_terraform_state()
    {
        string id = await UpAsync();
        File.WriteAllText(_lab.Folder.Record, "torn");
        _proxy.Node(2, $"tfc/{id}");
        _proxy.OnQuery = _ =>
        {
            if (_lab.Calls.Any(call => call.StartsWith("terraform destroy", StringComparison.Ordinal)))
            {
                _proxy.Cancel(2);
            }
        };

        CliResult result = await _lab.RunAsync("leaks", "--clean", "--yes");

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(
            result.Error,
            Does.Contain($"ours     {id} (hello) on main: its record cannot be read").And.Contain("cleaned and verified: 1 contract, ")
                .And.Contain($"{id}: destroying what Terraform's state in {_lab.State.Deployment(id).Terraform} names"));
        Assert.That(Directory.GetFileSystemEntries(_lab.State.Deployments), Is.Empty);
        Assert.That(File.ReadAllText(_lab.State.Index), Is.Empty);
        EndedDeployment ended = new EndedDeployments(_lab.State).Find(id)!;
        Assert.That(ended.Proof, Is.EqualTo("grid"));
        Assert.That(ended.EndedAt, Is.EqualTo(DateTimeOffset.UtcNow).Within(5).Minutes);
        Assert.That(Directory.GetFiles(Path.Combine(_lab.Root, "ranges")).Select(Path.GetFileName), Is.EqualTo(["lock"]));
        Assert.That(new FileInfo(Path.Combine(_lab.App, ".tfgrid-compose")).LinkTarget, Is.Null);
    }

    [Test]
    public async Task Scripts_get_what_cleaning_left_as_json()
    {
        Tombstone("ended1");
        _proxy.Node(2, "tfc/ended1");

        CliResult result = await _lab.RunAsync("leaks", "--clean", "--yes", "--grid", "main", "--output", "json");

        Assert.That(result.ExitCode, Is.EqualTo(4), result.Error);
        Assert.That(result.Json.GetProperty("contracts")[0].GetProperty("deployment_id").GetString(), Is.EqualTo("ended1"));
    }

    [Test]
    public async Task A_folder_whose_contracts_live_stays()
    {
        string id = await UpAsync();
        string folder = _lab.Folder.Path;
        File.WriteAllText(_lab.Folder.Record, "torn");
        _proxy.Node(2, $"tfc/{id}");

        CliResult result = await _lab.RunAsync("leaks", "--clean", "--yes");

        Assert.That(result.ExitCode, Is.EqualTo(4), result.Error);
        Assert.That(result.Error, Does.Contain("tfcmd cancel contracts 2").And.Contain($"folder {folder}"));
        Assert.That(Directory.Exists(folder));
    }

    [Test]
    public async Task Without_a_yes_nothing_is_cleaned()
    {
        Tombstone("ended1");
        _proxy.Node(2, "tfc/ended1");

        CliResult asked = await _lab.AnswerAsync("n\n", interactive: true, "leaks", "--clean", "--grid", "main");

        Assert.That((asked.ExitCode, asked.Error), Is.EqualTo((0, """
            ours     ended1 (old) on main: it ended 1970-01-01 00:00:00 UTC
                       contract 2 (vm on node 8, Created)
            Cancel and remove these? [y/N] nothing was done

            """)));
        (await _lab.RunAsync("leaks", "ended1")).AssertFailed(2, "TFC0103", "only with --clean", "--clean");
        (await _lab.RunAsync("leaks", "--clean", "nobody", "--grid", "main")).AssertFailed(7, "TFC0733", "'nobody'", "ended1");
    }

    [TestCase("hello", null, true)]
    [TestCase("ID", null, true)]
    [TestCase("../hello", null, true)]
    [TestCase("hello", "hello", true)]
    [TestCase("hello", "other", false)]
    [TestCase("other", null, false)]
    [TestCase(null, null, false)]
    public async Task An_interrupted_end_answers_a_down_of_that_deployment_alone(string? target, string? name, bool isMeant)
    {
        string id = await UpAsync();
        new EndedDeployments(_lab.State).Add(EndedDeployment.Of(_lab.Record, DateTimeOffset.UnixEpoch, EndedDeployment.ByGrid));
        File.Delete(_lab.Folder.Record);
        string[] named = target is null ? [] : [target == "ID" ? id[..4] : target];
        string[] option = name is null ? [] : ["--name", name];

        CliResult result = await _lab.RunAsync(["down", .. named, .. option, "--yes"]);

        Assert.That(result.ExitCode, Is.EqualTo(isMeant ? 0 : 7), result.Error);
        Assert.That(result.Error, isMeant ? Does.Contain($"destroyed hello ({id})") : Does.Contain("error TFC0702"));
        Assert.That(Directory.GetFileSystemEntries(_lab.State.Deployments), Is.Empty, "its files are removed in any case");
    }

    [Test]
    public async Task In_the_apps_folder_an_interrupted_end_needs_no_target()
    {
        await UpAsync();
        new EndedDeployments(_lab.State).Add(EndedDeployment.Of(_lab.Record, DateTimeOffset.UnixEpoch, EndedDeployment.ByGrid));
        File.Delete(_lab.Folder.Record);
        _lab.CurrentFolder = _lab.App;

        Assert.That((await _lab.RunAsync("down", "--yes")).ExitCode, Is.Zero);
    }

    [Test]
    public async Task A_down_that_was_killed_after_its_proof_is_finished_by_the_next()
    {
        string id = await UpAsync();
        DeploymentRecord record = _lab.Record;
        new EndedDeployments(_lab.State).Add(EndedDeployment.Of(record, DateTimeOffset.UnixEpoch, EndedDeployment.ByGrid));
        File.Delete(_lab.Folder.Record);

        CliResult result = await _lab.RunAsync("down", "hello", "--yes");

        Assert.That(
            (result.ExitCode, result.Error),
            Is.EqualTo((0, $"destroyed hello ({id}): removed the files that an interrupted run had left\n")));
        Assert.That(Directory.GetFileSystemEntries(_lab.State.Deployments), Is.Empty);
        Assert.That(File.ReadAllText(_lab.State.Index), Is.Empty);
        Assert.That(new FileInfo(Path.Combine(_lab.App, ".tfgrid-compose")).LinkTarget, Is.Null);
        Assert.That(Directory.GetFiles(Path.Combine(_lab.Root, "ranges")).Select(Path.GetFileName), Is.EqualTo(["lock"]));
    }

    private void Tombstone(string id) =>
        new EndedDeployments(_lab.State).Add(new EndedDeployment
        {
            Id = id,
            Name = "old",
            Grid = "main",
            EndedAt = DateTimeOffset.UnixEpoch,
        });

    private async Task<string> UpAsync()
    {
        _lab.WriteManifest(CliLab.Manifest.Replace("config: {", "config: {node: 8, ", StringComparison.Ordinal));
        CliResult result = await _lab.RunAsync("up", _lab.App, "--yes");
        Assert.That(result.ExitCode, Is.Zero, result.Error);
        return _lab.Record.Id;
    }
}
