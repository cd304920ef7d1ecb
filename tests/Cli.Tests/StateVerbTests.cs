using System.Text;
using System.Text.Json;
using TfgridCompose.Tests.Shared;

namespace TfgridCompose.Cli.Tests;

/// <summary><c>state pull</c>, <c>push</c>, <c>list</c>, <c>restore</c> and <c>migrate</c> of a running deployment.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class StateVerbTests : IDisposable
{
    private const string Lineage = "0f7d7c6e-6f3e-4c8c-9b1a-0d9c5a1b2c3d";
    private readonly CliLab _lab = CliLab.WithMachine();

    private string StateFile => Path.Combine(_lab.Folder.Terraform, "terraform.tfstate");

    private JsonElement State => JsonDocument.Parse(File.ReadAllText(StateFile)).RootElement;

    public void Dispose() => _lab.Dispose();

    [SetUp]
    public async Task Deploy()
    {
        CliResult up = await _lab.RunAsync("up", _lab.App, "--trust", "--grid", "local");
        Assert.That(up.ExitCode, Is.Zero, up.Error);
        File.WriteAllText(StateFile, Text(serial: 3, "vm"));
    }

    [Test]
    public async Task Pull_prints_the_state_and_nothing_else()
    {
        CliResult result = await _lab.RunAsync("state", "pull", "hello");

        Assert.That((result.ExitCode, result.Out, result.Error), Is.EqualTo((0, Text(serial: 3, "vm"), "")));
    }

    [Test]
    public async Task Push_replaces_the_state_and_keeps_the_former_one()
    {
        _lab.Write("work/new.tfstate", Text(serial: 3, "vm", "disk"));

        CliResult declined = await _lab.AnswerAsync("n\n", interactive: true, "state", "push", "new.tfstate", "hello");
        Assert.That(
            declined.Error,
            Is.EqualTo($"Replace the Terraform state of hello ({_lab.Record.Id}) with {_lab.Work}/new.tfstate? [y/N] nothing was done\n"));
        Assert.That(Resources(), Is.EqualTo(1));
        CliResult result = await _lab.RunAsync("state", "push", "new.tfstate", "hello", "--yes");

        Assert.That((result.ExitCode, result.Out), Is.EqualTo((0, "")), result.Error);
        Assert.That(
            result.Error,
            Does.StartWith($"written; the former state is among the backups: `tfgrid-compose state list {_lab.Record.Id}`\n").And.Contain(
                $"tfgrid-compose plan {_lab.App}\n"));
        Assert.That((Resources(), State.GetProperty("serial").GetInt64()), Is.EqualTo((2, 4)), "a higher serial than the former one");
        Assert.That(
            (await _lab.RunAsync("state", "list", "hello")).Out,
            Does.Match(@"\A1  \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC  serial 3  1 resource\n\z"));
    }

    [Test]
    public async Task Backups_are_listed_for_people_and_scripts_and_restored_by_their_number()
    {
        CliResult none = await _lab.RunAsync("state", "list", "hello");
        Assert.That(
            (none.ExitCode, none.Out, none.Error),
            Is.EqualTo((0, "", "there are no backups yet: one is made when the infrastructure changes\n")));
        await PushAsync(Text(serial: 9, "vm", "disk"));
        await PushAsync(Text(serial: 99, "vm", "disk", "net"));

        CliResult list = await _lab.RunAsync("state", "list", "hello");
        JsonElement[] json = [.. (await _lab.RunAsync("state", "list", "hello", "--output", "json")).Json.EnumerateArray()];
        (await _lab.RunAsync("state", "restore", "7", "hello", "--yes")).AssertFailed(2, "TFC0753", "has no backup 7", "name one of 1, 2");
        (await _lab.RunAsync("state", "restore", "1", "hello")).AssertFailed(
            2,
            "TFC0104",
            $"Replace the Terraform state of hello ({_lab.Record.Id}) with the backup of 2",
            "add --yes");
        Assert.That(
            (await _lab.AnswerAsync("\n", interactive: true, "state", "restore", "1", "hello")).Error,
            Does.EndWith("nothing was done\n"));
        Assert.That(Resources(), Is.EqualTo(3));
        CliResult restored = await _lab.RunAsync("state", "restore", "1", "hello", "--yes");

        Assert.That(list.Out, Does.Match(@"\A1  .* UTC  serial 3  1 resource\n2  .* UTC  serial 9  2 resources\n\z"));
        Assert.That(
            json.Select(each => (
                each.GetProperty("number").GetInt32(),
                each.GetProperty("serial").GetInt64(),
                each.GetProperty("resources").GetInt32())),
            Is.EqualTo([(1, 3L, 1), (2, 9L, 2)]));
        Assert.That(json[0].GetProperty("at").GetDateTimeOffset(), Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(5)));
        Assert.That(File.ReadAllText(json[0].GetProperty("file").GetString()!), Is.EqualTo(Text(serial: 3, "vm")));
        Assert.That((restored.ExitCode, Resources()), Is.EqualTo((0, 1)), restored.Error);
        Assert.That(restored.Error, Does.StartWith("restored; the former state is among the backups"));
        File.Delete(StateFile);
        Assert.That(
            (await _lab.RunAsync("state", "restore", "1", "hello", "--yes")).Error, Does.StartWith("restored; there was no state before"));
    }

    [Test]
    public async Task What_is_no_state_is_refused()
    {
        _lab.Write("work/notes.txt", "not a state");

        (await _lab.RunAsync("state", "push", "notes.txt", "hello", "--yes")).AssertFailed(
            2,
            "TFC0754",
            "notes.txt is not a Terraform state",
            "state pull");
        (await _lab.RunAsync("state", "push", "nowhere", "hello", "--yes")).AssertFailed(2, "TFC0754", "nowhere", "state pull");
        (await _lab.RunAsync("state", "restore", "soon", "hello")).AssertFailed(
            2,
            "TFC0103",
            "The value of an argument has the wrong format",
            "state restore --help");
        Assert.That(File.ReadAllText(StateFile), Is.EqualTo(Text(serial: 3, "vm")));
    }

    [Test]
    public async Task Encrypted_backups_are_listed_without_a_count()
    {
        string backups = _lab.Folder.Backups;
        Directory.CreateDirectory(backups);
        File.WriteAllText(Path.Combine(backups, "0012-20260102T030405Z.tfstate"), """{"serial": 5, "encrypted_data": "xyz", "encryption_version": "v0"}""");

        Assert.That((await _lab.RunAsync("state", "list", "hello")).Out, Is.EqualTo("12  2026-01-02 03:04:05 UTC  serial 5  encrypted\n"));
        Assert.That(
            (await _lab.RunAsync("state", "list", "hello", "--output", "json")).Json[0].GetProperty("resources").ValueKind,
            Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task A_state_is_not_moved_before_what_an_interrupted_run_left_has_taken_its_place()
    {
        string errored = Path.Combine(_lab.Folder.Terraform, "errored.tfstate");
        File.Copy(StateFile, errored);
        _lab.WriteManifest($"{CliLab.Manifest}state: {{backend: http, config: {{address: 'http://127.0.0.1:9'}}}}\n");

        CliResult moved = await _lab.RunAsync("state", "migrate", "hello", "--trust", "--yes");

        moved.AssertFailed(
            7, "TFC0417", $"left {errored}, which the move would leave behind", $"state push {errored} {_lab.Record.Id}");
        Assert.That(_lab.Record.SharedState, Is.Null);
        Assert.That((await _lab.RunAsync("state", "push", errored, "hello", "--yes")).ExitCode, Is.Zero, "the remedy works");
    }

    [Test]
    public async Task A_state_moves_to_the_backend_of_the_manifest_and_back()
    {
        using var server = new HttpBackend();
        _lab.UseRealTerraform();
        Directory.Delete(Path.Combine(_lab.Folder.Terraform, ".terraform"), recursive: true);
        foreach (string file in Directory.GetFiles(_lab.Folder.Terraform, "*.tf*").Where(file => file != StateFile))
        {
            File.Delete(file);
        }

        (await _lab.RunAsync("state", "migrate", "hello", "--trust", "--to", "moon", "--yes")).AssertFailed(
            2,
            "TFC0103",
            "--to is 'moon'",
            "--to local");
        (await _lab.RunAsync("state", "migrate", "hello", "--trust", "--to", "local", "--yes")).AssertFailed(
            7,
            "TFC0757",
            "is already on this machine",
            "manifest");
        _lab.WriteManifest($"{CliLab.Manifest}state: {{backend: http, config: {{address: '{server.Address}'}}}}\n");
        string there = $"{server.Address}/tfgrid-compose.hello.hello";
        const string Key = "/tfgrid-compose.hello.hello";
        server.States[Key] = Encoding.UTF8.GetBytes(
            """{"version":4,"terraform_version":"1.9.9","serial":1,"lineage":"22222222-6f3e-4c8c-9b1a-0d9c5a1b2c3d","outputs":{},"resources":[]}""");
        CliResult declined = await _lab.AnswerAsync("n\n", interactive: true, "state", "migrate", "hello", "--trust");
        CliResult moved = await _lab.RunAsync("state", "migrate", "hello", "--trust", "--yes");

        Assert.That(
            declined.Error,
            Is.EqualTo($"Move the state of hello ({_lab.Record.Id}) from this machine to the backend in the manifest? [y/N] "
                + "nothing was done\n"));
        Assert.That((moved.ExitCode, moved.Out), Is.EqualTo((0, "")), moved.Error);
        Assert.That(
            moved.Error,
            Does.Contain($"moved from this machine to {there}; the old copy is still there, and no longer "
                + $"used\n  remove it:  rm ").And.Not.Contain(
                "remove `state`"));
        Assert.That(_lab.Record.SharedState?.Location, Is.EqualTo(there));
        Assert.That(
            _lab.Record.StateLineage,
            Is.EqualTo(JsonDocument.Parse(server.States[Key]).RootElement.GetProperty("lineage").GetString()),
            "whichever of both lineages the backend keeps");
        CliResult asked = await _lab.AnswerAsync("n\n", interactive: true, "state", "migrate", "hello", "--trust", "--to", "local");
        CliResult back = await _lab.RunAsync("state", "migrate", "hello", "--trust", "--to", "local", "--yes");

        Assert.That(asked.Error, Does.Contain($"from {there} to this machine?"));
        Assert.That(back.ExitCode, Is.Zero, back.Error);
        Assert.That(
            back.Error,
            Does.Contain($"moved from {there} to this machine").And.EndsWith(
                "  remove `state` from the manifest, or the next `up` asks you to move it back\n"));
        Assert.That((_lab.Record.SharedState, Resources()), Is.EqualTo((null as object, 1)));
    }

    private static string Text(int serial, params string[] names) => $$"""
        {"version": 4, "terraform_version": "1.0.0", "serial": {{serial}}, "lineage": "{{Lineage}}", "outputs": {}, "resources": [
        {{string.Join(",\n", names.Select(Resource))}}], "check_results": null}

        """;

    private static string Resource(string name) => $$"""
          {"mode": "managed", "type": "terraform_data", "name": "{{name}}", "provider": "provider[\"terraform.io/builtin/terraform\"]",
           "instances": [{"schema_version": 0, "attributes": {"id": "7", "input": null, "output": null, "triggers_replace": null}, "sensitive_attributes": []}]}
        """;

    private int Resources() => State.GetProperty("resources").GetArrayLength();

    private async Task PushAsync(string state)
    {
        _lab.Write("work/pushed.tfstate", state);
        CliResult result = await _lab.RunAsync("state", "push", "pushed.tfstate", "hello", "--yes");
        Assert.That(result.ExitCode, Is.Zero, result.Error);
    }
}
