using System.Text.Json;
using TfgridCompose.Core.Records.Index;
using TfgridCompose.Core.Records.Store;

namespace TfgridCompose.Cli.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ManyDeploymentsTests : IDisposable
{
    private static readonly string[] Columns = ["NAME", "ID", "PATTERN", "GRID", "STATUS", "AGE", "ADDRESS", "APP"];
    private readonly CliLab _lab = CliLab.WithMachine();

    public void Dispose() => _lab.Dispose();

    [Test]
    public async Task Ps_shows_every_deployment_and_marks_the_selected_one()
    {
        string one = await UpAsync();
        string two = await UpAsync("--name", "second");
        await _lab.RunAsync("select", two);

        CliResult result = await _lab.RunAsync("ps");

        string[] lines = result.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(Columns));
        Assert.That(Cells(lines[1]), Is.EqualTo(["hello", one, "single-vm", "local", "running", _lab.Address, _lab.App]));
        Assert.That(Cells(lines[2]), Is.EqualTo(["*", "second", two, "single-vm", "local", "running", _lab.Address, _lab.App]));
        Assert.That(
            lines[1].IndexOf(one, StringComparison.Ordinal),
            Is.EqualTo(lines[0].IndexOf("ID", StringComparison.Ordinal)),
            "columns stand below their heads");
    }

    [Test]
    public async Task Ps_without_a_deployment_is_a_head_and_an_empty_list()
    {
        Assert.That((await _lab.RunAsync("ps")).Out.Split(' ', '\n').Where(word => word.Length > 0), Is.EqualTo(Columns));
        Assert.That((await _lab.RunAsync("ps", "--output", "json")).Out, Is.EqualTo("[]\n"));
    }

    [Test]
    public async Task Ps_for_scripts_is_json()
    {
        string id = await UpAsync();

        string[] members =
        [
            "id",
            "name",
            "app_name",
            "app_path",
            "pattern",
            "grid",
            "status",
            "address",
            "created_at",
            "updated_at",
            "selected",
        ];
        JsonElement entry = (await _lab.RunAsync("ps", "--output", "json")).Json[0];

        Assert.That(entry.EnumerateObject().Select(member => member.Name), Is.EquivalentTo(members));
        File.WriteAllText(_lab.Folder.Record, "{");
        await _lab.RunAsync("ps", "--rescan");
        JsonElement unreadable = (await _lab.RunAsync("ps", "--output", "json")).Json[0];
        Assert.That(unreadable.EnumerateObject().Select(member => member.Name), Is.EquivalentTo(members));
        Assert.That(
            (unreadable.GetProperty("name").GetString(), unreadable.GetProperty("status").GetString()),
            Is.EqualTo(("hello", "unreadable")));
        Assert.That(
            (entry.GetProperty("id").GetString(), entry.GetProperty("status").GetString(), entry.GetProperty("selected").GetBoolean()),
            Is.EqualTo((id, "running", false)));
    }

    [Test]
    public async Task Ps_follows_a_failed_up_and_a_failed_down()
    {
        _lab.Fail("setup.sh");
        await _lab.RunAsync("up", _lab.App, "--grid", "local");
        Assert.That(await StatusAsync(), Is.EqualTo("failed"));

        _lab.Fail("terraform-destroy", """{"type":"apply_start","@message":"grid_deployment.vm: Destroying..."}""");
        await _lab.RunAsync("down", "hello", "--yes");
        Assert.That(await StatusAsync(), Is.EqualTo("destroying"));
    }

    [Test]
    public async Task A_rescan_finds_what_the_index_lost()
    {
        string id = await UpAsync();
        File.WriteAllText(_lab.State.Index, "");
        Assert.That((await _lab.RunAsync("ps")).Out, Does.Contain(id), "the records are asked");
        Assert.That(new FileInfo(_lab.State.Index).Length, Is.Zero, "a reader writes nothing");

        Assert.That((await _lab.RunAsync("ps", "--rescan")).Out, Does.Contain(id));
        Assert.That(File.ReadAllText(_lab.State.Index), Does.Contain(id));
    }

    [Test]
    public async Task What_steers_a_terminal_is_shown_as_text()
    {
        string id = await UpAsync();
        new DeploymentIndex(_lab.State).Add(IndexEntry.Of(_lab.Record) with { AppPath = "/apps/\u001b[31mred" });

        Assert.That(
            (await _lab.RunAsync("ps")).Out,
            Does.Contain($"{id}  single-vm").And.Contain("/apps/?[31mred").And.Not.Contain("\u001b"));
    }

    [Test]
    public async Task Select_points_the_app_and_every_verb_to_one_deployment()
    {
        string one = await UpAsync();
        string two = await UpAsync("--name", "second");
        Assert.That((await _lab.RunAsync("select", one[..6])).Out, Is.EqualTo($"selected hello ({one}) of {_lab.App}\n"));

        Assert.That(await FoundAsync(_lab.Work), Is.EqualTo(one), "from anywhere");
        Assert.That(await FoundAsync(_lab.App), Is.EqualTo(one), "in the app's folder");
        await _lab.RunAsync("select", _lab.App, "--name", "second");
        Assert.That(await FoundAsync(_lab.Work), Is.EqualTo(two));
        Assert.That(await FoundAsync(_lab.App), Is.EqualTo(two));

        Assert.That((await _lab.RunAsync("unselect")).Out, Is.EqualTo($"{two} is no longer selected\n"));
        _lab.CurrentFolder = _lab.Work;
        (await _lab.RunAsync("inspect")).AssertFailed(7, "TFC0702", "There is no deployment of", "hello");
        Assert.That((await _lab.RunAsync("unselect")).Out, Is.EqualTo("no deployment was selected\n"));
    }

    [Test]
    public async Task Scripts_get_the_selection_as_json()
    {
        string id = await UpAsync();

        Assert.That(
            (await _lab.RunAsync("select", "hello", "--output", "json")).Out,
            Is.EqualTo($"{{\"selected\":\"{id}\",\"name\":\"hello\",\"app_path\":\"{_lab.App}\"}}\n"));
        Assert.That((await _lab.RunAsync("unselect", "--output", "json")).Out, Is.EqualTo($"{{\"unselected\":\"{id}\"}}\n"));
        Assert.That((await _lab.RunAsync("unselect", "--output", "json")).Out, Is.EqualTo("{\"unselected\":null}\n"));
    }

    [Test]
    public async Task Selecting_warns_where_a_file_of_the_users_is_in_the_links_place()
    {
        string id = await UpAsync();
        string link = Path.Combine(_lab.App, ".tfgrid-compose");
        File.Delete(link);
        File.WriteAllText(link, "mine");

        CliResult result = await _lab.RunAsync("select", "hello");

        Assert.That((result.ExitCode, result.Out), Is.EqualTo((0, $"selected hello ({id}) of {_lab.App}\n")));
        Assert.That(result.Problems.Single(), Does.StartWith("warning TFC0708"));
        Assert.That(File.ReadAllText(link), Is.EqualTo("mine"));
    }

    [Test]
    public async Task Up_without_an_app_means_the_selected_one()
    {
        string id = await UpAsync("--name", "second");
        await _lab.RunAsync("select", "second");

        CliResult result = await _lab.RunAsync("up");

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(result.Error, Does.Contain("nothing to do").And.Contain($"deployment {id}:"));
        await _lab.RunAsync("unselect");
        (await _lab.RunAsync("up")).AssertFailed(2, "TFC0105", "No app is named", "select ID");
    }

    [Test]
    public async Task Up_takes_an_id_or_a_name_too()
    {
        string id = await UpAsync("--name", "second");

        Assert.That((await _lab.RunAsync("up", id[..5])).Error, Does.Contain("nothing to do").And.Contain($"deployment {id}:"));
        Assert.That((await _lab.RunAsync("up", "second")).Error, Does.Contain("nothing to do"));
        (await _lab.RunAsync("up", "nowhere")).AssertFailed(2, "TFC0201", "nowhere' does not exist", "");
    }

    [Test]
    public async Task Select_needs_a_deployment()
    {
        (await _lab.RunAsync("select")).AssertFailed(2, "TFC0103", "`select` needs a deployment", "ps` lists all deployments");
    }

    [Test]
    public async Task Down_ends_the_selection()
    {
        await UpAsync();
        await _lab.RunAsync("select", "hello");
        await _lab.RunAsync("down", "--yes");

        Assert.That(File.Exists(_lab.State.Selected), Is.False);
    }

    [Test]
    public async Task Inspect_shows_all_but_secrets()
    {
        string id = await UpAsync();
        await _lab.RunAsync("select", id);

        CliResult text = await _lab.RunAsync("inspect", "hello");
        JsonElement json = (await _lab.RunAsync("inspect", _lab.App, "--output", "json")).Json;

        Assert.That(text.Out, Does.Contain($"deployment    {id} (hello)").And.Contain("selected      yes").And.Contain("in use        no")
            .And.Contain($"files in {_lab.Folder.Path}:").And.Match("infrastructure +done").And.Match(
                @"deployment\.json +\d+ bytes").And.Contain(
                "by tfgrid-compose 0.1.0 (schema 1)"));
        Assert.That(text.Out + json.GetRawText(), Does.Not.Contain(_lab.Record.Seed));
        Assert.That(json.GetProperty("phases").EnumerateArray().Select(phase => phase.GetProperty("phase").GetString()), Is.EqualTo(
            ["infrastructure", "network", "wait", "platform", "application", "verify", "finalize"]));
        Assert.That(
            json.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("name").GetString()),
            Does.Contain("journal").And.Contain("terraform/"));
        Assert.That(
            (
                json.GetProperty("selected").GetBoolean(),
                json.GetProperty("locked_by").ValueKind,
                json.GetProperty("written_by").GetString()),
            Is.EqualTo((true, JsonValueKind.Null, "0.1.0")));
    }

    [Test]
    public async Task History_says_who_did_what_and_how_it_ended()
    {
        _lab.Fail("setup.sh");
        await _lab.RunAsync("up", _lab.App, "--grid", "local", "--env", "TOKEN=hidden-value");
        _lab.Mend("setup.sh");
        await UpAsync();

        CliResult text = await _lab.RunAsync("history", "hello");
        JsonElement runs = (await _lab.RunAsync("history", "hello", "--output", "json")).Json.GetProperty("runs");

        Assert.That(runs.EnumerateArray().Select(run => run.GetProperty("result").GetString()), Is.EqualTo(["failed", "done"]));
        Assert.That(runs[0].GetProperty("detail").GetString(), Is.EqualTo("TFC0512"));
        Assert.That(
            runs[0].GetProperty("command").GetString(),
            Does.StartWith("tfgrid-compose up ").And.EndWith("--env TOKEN=*** --grid local"));
        Assert.That(
            (runs[0].GetProperty("host").GetString(), runs[0].GetProperty("process_id").GetInt32()),
            Is.EqualTo((Environment.MachineName, Environment.ProcessId)));
        Assert.That(
            runs[1].GetProperty("phases").EnumerateArray().Select(phase => phase.GetProperty("phase").GetString()),
            Is.EqualTo(["application", "verify", "finalize"]));
        Assert.That(
            text.Out,
            Does.Match(@"UTC  up failed after \d+\.\d s \(TFC0512\): ").And.Match(@"application +failed +\d+\.\d s  TFC0512").And.Match(
                "UTC  up done after").And.Not.Contain(
                "hidden-value"));
        Assert.That(
            (await _lab.RunAsync("history", "hello", "--runs", "1", "--output", "json")).Json.GetProperty("runs").GetArrayLength(),
            Is.EqualTo(1));
        (await _lab.RunAsync("history", "hello", "--runs", "0")).AssertFailed(2, "TFC0103", "--runs is 0", "above 0");
    }

    private async Task<string> UpAsync(params string[] options)
    {
        string[] before = Ids();
        CliResult result = await _lab.RunAsync(["up", _lab.App, "--grid", "local", .. options]);
        Assert.That(result.ExitCode, Is.Zero, result.Error);
        return Ids().Except(before).SingleOrDefault() ?? before.Single();
    }

    private string[] Ids() =>
        Directory.Exists(_lab.State.Deployments)
            ? [.. Directory.GetDirectories(_lab.State.Deployments).Select(path => Path.GetFileName(path))]
            : [];

    private async Task<string?> StatusAsync() => (await _lab.RunAsync("ps", "--output", "json")).Json[0].GetProperty("status").GetString();

    private async Task<string?> FoundAsync(string folder)
    {
        _lab.CurrentFolder = folder;
        return (await _lab.RunAsync("inspect", "--output", "json")).Json.GetProperty("id").GetString();
    }

    // Without the age, which is another one each time.
    private static string[] Cells(string line) =>
        [
            .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(
                cell => !System.Text.RegularExpressions.Regex.IsMatch(cell, @"^\d+[smhd]$")),
        ];
}
