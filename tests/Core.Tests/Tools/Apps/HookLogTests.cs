using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tests.Records.Deployments;
using TfgridCompose.Core.Tools.Apps;

namespace TfgridCompose.Core.Tests.Tools.Apps;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class HookLogTests : IDisposable
{
    private readonly TestHome _home = new();

    public void Dispose() => _home.Dispose();

    [TestCase("web_1", "hook-setup.log", "web_1 hook-setup.log")]
    [TestCase("web_1", "hook-setup-web_1.log", "web_1 hook-setup-web_1.log")]
    [TestCase("web_1", "hook-setup.log hook-setup-web_1.log", "web_1 hook-setup-web_1.log")]
    [TestCase("web_1", "hook-setup-web_1.log hook-setup.log", "web_1 hook-setup.log")]
    [TestCase("web_1 web_2", "hook-setup.log hook-setup-web_2.log hook-setup-web_3.log", "web_2 hook-setup-web_2.log")]
    [TestCase("web_1 web_2", "hook-setup-web_2.log hook-setup-web_1.log", "web_1 hook-setup-web_1.log, web_2 hook-setup-web_2.log")]
    [TestCase("web_1 web_2", "hook-configure-web_1.log", "")]
    public void The_logs_of_a_hook_by_host(string hosts, string filesOldestFirst, string expected)
    {
        var folder = new DeploymentFolder(_home.Folder("logs"));
        foreach ((string name, int minute) in filesOldestFirst.Split(' ').Select((name, minute) => (name, minute)))
        {
            string path = Path.Combine(folder.Path, name);
            File.WriteAllText(path, "said\n");
            File.SetLastWriteTimeUtc(path, new DateTime(2026, 1, 2, 3, minute, 0, DateTimeKind.Utc));
        }

        IReadOnlyList<(string Host, string Path)> logs = HookLog.Of(folder, "setup", hosts.Split(' '));

        Assert.That(string.Join(", ", logs.Select(log => $"{log.Host} {Path.GetFileName(log.Path)}")), Is.EqualTo(expected));
    }

    [Test]
    public void Its_last_lines_cost_little_memory_however_long_a_line_is()
    {
        string path = Path.Combine(_home.Folder("logs"), "hook-setup.log");
        File.WriteAllText(path, $"one\ntwo\n{new string('x', 200_000)}\nlast\n");

        Assert.That(HookLog.LastLines(path, 1, line => line.Length), Is.EqualTo(["last"]));
        Assert.That(HookLog.LastLines(path, 100, line => line.Length).Take(2), Is.EqualTo(["one", "two"]));
        Assert.That(HookLog.LastLines(path, 100, line => line.Length).Max(line => line.Length), Is.LessThan(100_000));
    }
}
