using System.Text.Json;

namespace TfgridCompose.Cli.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PatternsVerifyTests : IDisposable
{
    private readonly CliLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Test]
    public async Task The_built_in_patterns_pass()
    {
        CliResult result = await _lab.RunAsync("patterns", "verify");

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
        Assert.That(result.Out, Does.Match(@"^ok gateway 1\.\d+\.\d+\nok single-vm 1\.\d+\.\d+\n$"));
    }

    [Test]
    public async Task What_only_running_shows_is_a_line_now_and_in_every_later_list()
    {
        string folder = _lab.InstallDisguised("disguised");
        Assert.That((await _lab.RunAsync("patterns", "list")).Out, Does.Not.Contain("not usable"), "its files show nothing");

        CliResult verify = await _lab.RunAsync("patterns", "verify");
        CliResult list = await _lab.RunAsync("patterns", "list");
        CliResult json = await _lab.RunAsync("patterns", "list", "--output", "json");
        File.AppendAllText(Path.Combine(folder, "plugin.json"), " ");
        File.WriteAllText(
            Path.Combine(folder, "plugin.json"),
            File.ReadAllText(Path.Combine(folder, "plugin.json")).Replace("\"sha256\": \"", "\"sha256\": \"0", StringComparison.Ordinal));

        Assert.That(verify.ExitCode, Is.EqualTo(8));
        Assert.That(
            verify.Out,
            Does.Contain("ok single-vm").And.Contain("error TFC0816: The plugin 'disguised' does not match its descriptor").And.Not.Contain(
                "   at "));
        Assert.That(list.Out, Does.Match(@"\ndisguised +1\.\d+\.\d+ +not usable: The plugin 'disguised' does not match .* \[TFC0816\]\n"));
        Assert.That(
            json.Json.EnumerateArray().ToDictionary(
                each => each.GetProperty("name").GetString()!,
                each => each.GetProperty("verified").GetString()),
            Is.EqualTo(new Dictionary<string, string> { ["gateway"] = "passed", ["single-vm"] = "passed", ["disguised"] = "failed" }));
        Assert.That((await _lab.RunAsync("patterns", "list")).Out, Does.Not.Contain("TFC0816"), "another plugin than the one that failed");
    }

    [Test]
    public async Task One_can_be_named_by_its_name_or_its_folder()
    {
        string folder = _lab.InstallDisguised("disguised");

        CliResult byName = await _lab.RunAsync("patterns", "verify", "single-vm", "--output", "json");
        CliResult byFolder = await _lab.RunAsync("patterns", "verify", folder, "--output", "json");

        Assert.That(byName.Json.EnumerateArray().Single().GetProperty("problem").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(byFolder.Json.EnumerateArray().Single().GetProperty("code").GetString(), Is.EqualTo("TFC0816"));
        Assert.That((await _lab.RunAsync("patterns", "verify", "singel-vm")).ExitCode, Is.EqualTo(8));
    }

    [Test]
    public async Task The_inner_verb_is_not_in_the_help()
    {
        Assert.That((await _lab.RunAsync("patterns", "--help")).Out, Does.Contain("patterns verify").And.Not.Contain("inspect"));
    }
}
