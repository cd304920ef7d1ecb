using System.Text.Json;

namespace TfgridCompose.Cli.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PatternsVerbTests : IDisposable
{
    private readonly CliLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Test]
    public async Task Built_in_patterns_are_listed()
    {
        CliResult result = await _lab.RunAsync("patterns", "list");

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
        Assert.That(result.Out.Split('\n')[0], Does.StartWith("NAME").And.EndWith("DESCRIPTION"));
        Assert.That(result.Out, Does.Match(@"\nsingle-vm +1\.\d+\.\d+ +One virtual machine"));
    }

    [TestCase("--output", "json")]
    [TestCase("--output=json")]
    public async Task The_list_is_json_where_asked_for(params string[] option)
    {
        CliResult result = await _lab.RunAsync(["patterns", "list", .. option]);

        JsonElement single = result.Json.EnumerateArray().Single(each => each.GetProperty("name").GetString() == "single-vm");
        Assert.That(single.GetProperty("built_in").GetBoolean());
        Assert.That(single.GetProperty("problem").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task A_broken_user_pattern_is_one_line_and_hides_no_other()
    {
        _lab.Write("home/.tfgrid-compose/plugins/broken/plugin.json", "{ this is not JSON");

        CliResult result = await _lab.RunAsync("patterns", "list");

        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(result.Out.Split('\n').Count(line => line.StartsWith("broken", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(result.Out, Does.Contain("not usable: ").And.Contain("[TFC0803]").And.Contain("\nsingle-vm"));
    }

    [Test]
    public async Task A_strangers_description_is_one_plain_line_whatever_its_version()
    {
        _lab.Write(
            "home/.tfgrid-compose/plugins/own/pattern.yaml",
            "name: own\nversion: 1.0.0-beta.1\ndescription: \"d\\e]0;x\\a\\nsingle-vm  9.9.9  forged\"\n");
        _lab.Write("home/.tfgrid-compose/plugins/own/infrastructure/main.tf", "");

        string list = (await _lab.RunAsync("patterns", "list")).Out;

        Assert.That(list, Does.Contain("own ").And.Contain(" 1.0.0-beta.1  d?]0;x? single-vm  9.9.9  forged\n"));
        Assert.That(list, Does.Not.Contain("\e").And.Not.Contain("\nsingle-vm  9.9.9"));
    }

    [Test]
    public async Task A_pattern_is_shown_with_its_readme()
    {
        CliResult result = await _lab.RunAsync("patterns", "show", "single-vm");

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
        Assert.That(result.Out, Does.StartWith("single-vm 1.").And.Contain("pattern: single-vm").And.Contain("config"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_strangers_page_steers_no_terminal(bool readme)
    {
        _lab.Write(
            "home/.tfgrid-compose/plugins/own/pattern.yaml",
            "name: own\nversion: 1.0.0\ndescription: \"d\\e[2Je\"\nroles:\n  server: {description: \"r\\e]0;x\\as\"}\n");
        _lab.Write(
            "home/.tfgrid-compose/plugins/own/infrastructure/main.tf",
            string.Concat(new[] { "primary_ip", "primary_ip_type", "deployment_name", "node_ids" }.Select(
                name => $"output \"{name}\" {{ value = \"\" }}\n")));
        if (readme)
        {
            _lab.Write("home/.tfgrid-compose/plugins/own/README.md", "first\u001b[31m\n\tsecond\u009b2J\n");
        }

        CliResult result = await _lab.RunAsync("patterns", "show", "own");

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(result.Out.Where(char.IsControl).Distinct(), Is.SubsetOf(new[] { '\n', '\t' }));
        Assert.That(
            result.Out,
            Does.StartWith("own 1.0.0: d?[2Je\n\n").And.Contain(readme ? "first?[31m\n\tsecond?2J\n" : "role server: r?]0;x?s"));
    }

    [Test]
    public async Task A_pattern_shown_as_json_has_its_options()
    {
        CliResult result = await _lab.RunAsync("--output", "json", "patterns", "show", "single-vm");

        Assert.That(result.Json.GetProperty("name").GetString(), Is.EqualTo("single-vm"));
        Assert.That(result.Out, Does.Contain("config.memory"));
    }

    [Test]
    public async Task A_folder_pattern_is_shown_as_json_of_the_same_form()
    {
        _lab.Write(
            "home/.tfgrid-compose/plugins/own/pattern.yaml",
            "name: own\nversion: 1.0.0\ndescription: A -> B\nroles: {server: {}}\noptions: {size: {type: size, default: 1G, min: 1G}}\n"
                + "commands: {look: {command: [uptime], description: load}}\n");
        _lab.Write(
            "home/.tfgrid-compose/plugins/own/infrastructure/main.tf",
            string.Concat(new[] { "primary_ip", "primary_ip_type", "deployment_name", "node_ids" }.Select(
                name => $"output \"{name}\" {{ value = \"\" }}\n")));

        CliResult result = await _lab.RunAsync("--output", "json", "patterns", "show", "own");
        CliResult assembly = await _lab.RunAsync("--output", "json", "patterns", "show", "gateway");

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        string[] aboutTheFile = ["schema", "id", "assembly", "size", "crc32c", "sha256"];
        Assert.That(
            result.Json.EnumerateObject().Select(member => member.Name),
            Is.EqualTo(assembly.Json.EnumerateObject().Select(member => member.Name).Except(aboutTheFile)));
        Assert.That(Members(result.Json, ""), Is.SupersetOf(new[] { ".options[].type", ".commands[].command[]" })
            .And.SubsetOf(Members(assembly.Json, "")));
        Assert.That(result.Json.GetProperty("options")[0].GetProperty("type").GetString(), Is.EqualTo("Size"));
        Assert.That(result.Out, Does.Contain("\"description\": \"A -> B\""), "readable, not escaped");
    }

    // The path of every member; elements of a list count as one.
    private static SortedSet<string> Members(JsonElement json, string path) => json.ValueKind switch
    {
        JsonValueKind.Object =>
            [.. json.EnumerateObject().SelectMany(member => Members(member.Value, $"{path}.{member.Name}"))],
        JsonValueKind.Array => [.. json.EnumerateArray().SelectMany(each => Members(each, $"{path}[]")).DefaultIfEmpty($"{path}[]")],
        JsonValueKind.Null => [$"{path} null"],
        _ => [path],
    };
}
