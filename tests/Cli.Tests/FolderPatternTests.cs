using System.Text.Json;

namespace TfgridCompose.Cli.Tests;

/// <summary>Patterns without C#, with tools that play their part.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class FolderPatternTests : IDisposable
{
    private const string Yaml = """
        name: own
        version: 3.1.0
        description: A pattern of my own.
        roles:
          server: {description: The only one.}
        options:
          cpu: {type: integer, default: 1, max: 4}
          memory: {type: size, default: 512M}
          colour: {default: red, description: Of the page.}
        inventory:
          variables: {page_colour: option.colour}

        """;

    private const string Module = """
        variable "node_id" {}
        variable "colour" {}
        variable "memory" {}
        variable "solution_type" {}
        output "primary_ip" { value = "" }
        output "primary_ip_type" { value = "" }
        output "deployment_name" { value = "" }
        output "node_ids" { value = "" }

        """;

    private readonly CliLab _lab = CliLab.WithMachine();

    public void Dispose() => _lab.Dispose();

    [Test]
    public async Task An_app_is_deployed_with_the_pattern_beside_it()
    {
        WritePattern("hello/mine");
        _lab.WriteManifest(Manifest("./mine"));

        CliResult result = await UpAsync();

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        JsonElement variables = JsonDocument.Parse(await File.ReadAllTextAsync(
            Path.Combine(_lab.Folder.Terraform, "terraform.tfvars.json"))).RootElement;
        Assert.Multiple(() =>
        {
            Assert.That(
                (_lab.Record.PatternName, _lab.Record.PatternVersion, _lab.Record.Hosts.Single().Name),
                Is.EqualTo(("own", "3.1.0", "server_1")));
            Assert.That(
                (
                    variables.GetProperty("node_id").GetInt32(),
                    variables.GetProperty("colour").GetString(),
                    variables.GetProperty("memory").GetInt32()),
                Is.EqualTo((2, "blue", 512)));
            Assert.That(variables.GetProperty("solution_type").GetString(), Is.EqualTo($"tfc/{_lab.Record.Id}"));
            Assert.That(File.Exists(Path.Combine(_lab.Folder.Terraform, "main.tf")));
            Assert.That(
                File.ReadAllText(Path.Combine(_lab.Folder.Ansible, "group_vars", "all.json")),
                Does.Contain("\"page_colour\": \"blue\""));
            Assert.That(File.ReadAllText(_lab.Folder.Inventory), Does.Contain("[server]\nserver_1"));
            Assert.That(result.Error, Does.Contain("colour blue from config.colour"));
        });
    }

    [Test]
    public async Task An_edit_of_the_pattern_runs_what_it_concerns_and_down_needs_no_pattern()
    {
        WritePattern("hello/mine");
        _lab.WriteManifest(Manifest("./mine"));
        await UpAsync();
        Assert.That((await UpAsync()).Error, Does.Contain("nothing to do"));
        _lab.Write("hello/mine/platform/site.yml", "- hosts: all\n  tasks: []\n");

        CliResult again = await UpAsync();

        Assert.That(again.Error, Does.Contain("> platform: own/platform/site.yml changed").And.Not.Contain("> infrastructure"));
        Directory.Delete(Path.Combine(_lab.App, "mine"), recursive: true);
        Assert.That((await _lab.RunAsync("down", "hello", "--yes")).ExitCode, Is.Zero);
    }

    [TestCase("home/.tfgrid-compose/plugins/own")]
    [TestCase("home/.tfgrid/plugins/own")]
    public async Task One_in_a_plugin_root_is_listed_shown_and_deployed_by_its_name(string folder)
    {
        WritePattern(folder);
        _lab.WriteManifest(Manifest("own"));

        CliResult list = await _lab.RunAsync("patterns", "list");
        CliResult show = await _lab.RunAsync("patterns", "show", "own");
        CliResult json = await _lab.RunAsync("patterns", "show", "own", "--output", "json");

        Assert.That(list.Out, Does.Match(@"\nown +3\.1\.0 +A pattern of my own\."));
        Assert.That(
            show.Out,
            Does.StartWith("own 3.1.0: A pattern of my own.\n").And.Contain("role server: The only one.").And.Contain(
                "config.memory (MB): size; default 512M").And.Contain(
                "config.cpu: integer, up to 4; default 1"));
        Assert.That(
            json.Json.GetProperty("options")[2].GetProperty("sources")[0].GetProperty("path").GetString(),
            Is.EqualTo("config.colour"));
        CliResult up = await UpAsync();
        Assert.That(up.ExitCode, Is.Zero, up.Error);
    }

    [Test]
    public async Task Everything_wrong_with_pattern_and_app_is_told_at_once_and_nothing_is_made()
    {
        WritePattern("hello/mine");
        _lab.Write(
            "hello/mine/pattern.yaml",
            Yaml.Replace("max: 4", "max: four", StringComparison.Ordinal) + "variables:\n  colors: option.colour\n");
        _lab.WriteManifest(Manifest("./mine") + "environment: [{name: NEEDED, required: true}]\n");

        CliResult result = await UpAsync();

        Assert.That(result.ExitCode, Is.EqualTo(8), result.Error);
        Assert.That(result.Problems.Select(problem => problem.Split(": ")[0]), Is.EqualTo(new[]
        {
            $"error TFC0840 at {_lab.App}/mine/pattern.yaml:7:41",
            $"error TFC0844 at {_lab.App}/mine/pattern.yaml:13:3", $"error TFC0264 at {_lab.App}/tfgrid-compose.yaml:5:22",
        }));
        _lab.AssertNothingCreated();
    }

    [Test]
    public async Task A_folder_that_is_not_there_is_told_with_the_manifests_place()
    {
        _lab.WriteManifest(Manifest("./mine"));

        CliResult result = await UpAsync();

        result.AssertFailed(8, "TFC0848", $"{_lab.App}/mine, which does not exist", "relative to the app's folder");
        Assert.That(result.Problems[0], Does.Contain($"at {_lab.App}/tfgrid-compose.yaml:2:10"));
    }

    [Test]
    public async Task A_broken_one_is_one_line_in_the_list()
    {
        _lab.Write("home/.tfgrid-compose/plugins/broken/pattern.yaml", "name: Broken\nversion: 1\n");

        CliResult list = await _lab.RunAsync("patterns", "list");

        Assert.That(
            list.Out.Split('\n').Single(line => line.StartsWith("broken", StringComparison.Ordinal)),
            Does.Contain("not usable: ").And.Contain("'Broken'").And.Contain("[TFC0803]"));
        Assert.That(list.Out, Does.Contain("\nsingle-vm"));
    }

    [Test]
    public async Task A_folder_is_packed_where_the_user_says()
    {
        WritePattern("mine");

        CliResult result = await _lab.RunAsync("patterns", "pack", "../mine", "--to", "out", "--author", "Ann");

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(result.Out, Is.EqualTo($"{_lab.Work}/out/TfgridPattern.Own.3.1.0.nupkg\n"));
        Assert.That(File.Exists(result.Out.TrimEnd()));
        CliResult json = await _lab.RunAsync("patterns", "pack", "../mine", "--package-id", "Acme.Own", "--output", "json");
        Assert.That(json.Out, Is.EqualTo($"{{\"package\":\"{_lab.Work}/Acme.Own.3.1.0.nupkg\"}}\n"));
        (await _lab.RunAsync("patterns", "pack", _lab.App)).AssertFailed(8, "TFC0849", "is not a folder pattern", "folder");
    }

    private static string Manifest(string pattern) =>
        $"name: hello\npattern: {pattern}\nconfig: {{colour: blue}}\nnetwork: {{provision: [ipv4]}}\n";

    private void WritePattern(string folder)
    {
        _lab.Write($"{folder}/pattern.yaml", Yaml);
        _lab.Write($"{folder}/infrastructure/main.tf", Module);
        _lab.Write($"{folder}/platform/site.yml", "- hosts: server\n  tasks: []\n");
    }

    private Task<CliResult> UpAsync() => _lab.RunAsync("up", _lab.App, "--trust", "--grid", "local");
}
