using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Plugins.Lifecycle;

namespace TfgridCompose.Core.Tests.Plugins.Lifecycle;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LifecyclePluginsTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("tfc-hooks-").FullName;

    private string First => Path.Combine(_root, "first");

    private string Second => Path.Combine(_root, "second");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Test]
    public void Plugins_of_both_roots_come_in_the_order_of_their_names()
    {
        LifecycleFolders.Plugin(First, "b");
        LifecycleFolders.Plugin(Second, "a", ("before-wait", ""), ("after-down", ""));
        Directory.CreateDirectory(Path.Combine(First, "a-pattern"));
        LifecycleFolders.Plugin(First, ".installing");

        IReadOnlyList<LifecyclePlugin> plugins = Read();

        Assert.That(
            plugins.Select(plugin => $"{plugin.Id} {plugin.Version} {string.Join(',', plugin.Hooks)}"),
            Is.EqualTo(["a 1.0.0 after-down,before-wait", "b 1.0.0 "]));
        Assert.That(plugins.All(plugin => plugin.Problem is null
            && plugin.Warnings.Count == 0
            && plugin.Timeout == TimeSpan.FromSeconds(60)));
    }

    [TestCase("90", 90)]
    [TestCase("30s", 30)]
    [TestCase("5m", 300)]
    [TestCase("1h", 3600)]
    public void Time_limits_have_units(string text, int seconds)
    {
        Describe($"name: x\nversion: 1\ntimeout: {text}\n");

        Assert.That(Read().Single().Timeout.TotalSeconds, Is.EqualTo(seconds));
    }

    [Test]
    public void A_file_that_cannot_be_read_is_a_warning()
    {
        LifecycleFolders.Plugin(First, "x", ("before-wait", ""));
        File.Delete(Path.Combine(First, "x", "plugin.yaml"));
        File.CreateSymbolicLink(Path.Combine(First, "x", "plugin.yaml"), "plugin.yaml");

        LifecyclePlugin plugin = LifecyclePluginReader.Read(Path.Combine(First, "x"));

        Assert.That(
            (plugin.Problem!.Code, plugin.Problem.Severity, plugin.Hooks.Count),
            Is.EqualTo((LifecycleCodes.PluginBroken, Severity.Warning, 0)));
    }

    [TestCase("name: x\nversion: 1\ntimeout: 61m\n", "1 second to 1 hour")]
    [TestCase("name: x\nversion: 1\ntimeout: 0\n", "1 second to 1 hour")]
    [TestCase("name: x\nversion: 1\ntimeout: soon\n", "1 second to 1 hour")]
    [TestCase("version: 1\n", "no name")]
    [TestCase("name: x\n", "no version")]
    [TestCase("name: [x\n", "not valid YAML")]
    [TestCase("", "is empty")]
    public void A_broken_plugin_has_a_problem_and_no_hook(string yaml, string reason)
    {
        LifecycleFolders.Plugin(First, "x", ("before-wait", ""));
        Describe(yaml);

        LifecyclePlugin plugin = Read().Single();

        Assert.That((plugin.Problem!.Code, plugin.Hooks.Count), Is.EqualTo((LifecycleCodes.PluginBroken, 0)));
        Assert.That(plugin.Problem.Message, Does.Contain(reason).And.Contain("none of its hooks run"));
        Assert.That(
            plugin.Problem.Remedy,
            Is.EqualTo($"fix {Path.Combine(First, "x", "plugin.yaml")}, or remove the folder"));
    }

    [Test]
    public void A_hook_that_is_not_executable_is_a_warning_with_the_command()
    {
        string hook = Path.Combine(LifecycleFolders.Plugin(First, "x", ("before-wait", "")), "hooks", "before-wait");
        File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        LifecyclePlugin plugin = Read().Single();

        Assert.That(plugin.Hooks, Is.Empty);
        Assert.That(
            (plugin.Warnings.Single().Code, plugin.Warnings.Single().Remedy),
            Is.EqualTo((LifecycleCodes.HookNotExecutable, $"chmod +x {hook}")));
    }

    [Test]
    public void A_hook_of_no_moment_is_a_warning_with_the_nearest_and_other_files_are_the_hooks_own()
    {
        LifecycleFolders.Plugin(First, "x", ("before-plattform", ""), ("lib.sh", ""), ("after-verify", ""));

        LifecyclePlugin plugin = Read().Single();

        Assert.That(plugin.Hooks, Is.EqualTo(["after-verify"]));
        Assert.That(plugin.Warnings, Is.EqualTo([Diagnostic.Warning(
            LifecycleCodes.HookUnknown,
            "The lifecycle plugin 'x' has an unknown hook 'before-plattform'.",
            $"Did you mean 'before-platform'? Rename {Path.Combine(First, "x", "hooks", "before-plattform")}; hooks are named "
                + "before-PHASE or after-PHASE, with a phase or down.")]));
    }

    [Test]
    public void Of_two_with_one_name_the_first_roots_runs()
    {
        LifecycleFolders.Plugin(First, "x", ("before-wait", ""));
        LifecycleFolders.Plugin(Second, "x", ("before-wait", ""));

        IReadOnlyList<LifecyclePlugin> plugins = Read();

        Assert.That(
            plugins.Select(plugin => (plugin.Folder, plugin.Problem is null)),
            Is.EqualTo(new[] { (Path.Combine(First, "x"), true), (Path.Combine(Second, "x"), false) }));
    }

    [Test]
    public void Without_a_plugin_there_is_nothing() => Assert.That(Read(), Is.Empty);

    private void Describe(string yaml)
    {
        Directory.CreateDirectory(Path.Combine(First, "x"));
        File.WriteAllText(Path.Combine(First, "x", "plugin.yaml"), yaml);
    }

    private IReadOnlyList<LifecyclePlugin> Read() =>
        LifecyclePlugins.Of([new(Path.Combine(_root, "none"), BuiltIn: true), new(First, BuiltIn: false), new(Second, BuiltIn: false)]);
}
