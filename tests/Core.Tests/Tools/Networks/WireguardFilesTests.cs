using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tests.Records.Deployments;
using TfgridCompose.Core.Tools.Networks;

namespace TfgridCompose.Core.Tests.Tools.Networks;

public sealed class WireguardFilesTests
{
    [Test]
    public async Task Root_reads_the_folder_and_takes_only_files_with_our_line()
    {
        using var home = new TestHome();
        string folder = home.Folder("wireguard");
        File.WriteAllText(Path.Combine(folder, "wg0.conf"), "# tfgrid-compose deployment abc\n[Interface]\n");
        File.WriteAllText(Path.Combine(folder, "wg1.conf"), "[Interface]\n# tfgrid-compose deployment abc\n");
        File.WriteAllText(Path.Combine(folder, "wg2.conf"), "# tfgrid-compose deployment ../../etc\n");
        File.WriteAllText(Path.Combine(folder, "wg3.conf"), "");
        File.WriteAllText(Path.Combine(folder, ".tfgrid-def"), "# tfgrid-compose deployment def\n");
        File.WriteAllText(Path.Combine(folder, "notes"), "# tfgrid-compose deployment abc\n");
        var runner = new RecordingRunner();

        IReadOnlyList<WireguardFile>? files = await new WireguardFiles(runner, "", isRoot: true) { Folder = folder }.OursAsync(
            CancellationToken.None);

        Assert.That(files, Is.EquivalentTo([
            new WireguardFile(
                Path.Combine(folder, "wg0.conf"),
                "wg0",
                "abc"), new WireguardFile(Path.Combine(folder, ".tfgrid-def"), null, "def")]));
        Assert.That(runner.Commands, Is.Empty);
    }

    [Test]
    public async Task Others_ask_by_sudo_with_the_one_program_that_is_allowed()
    {
        var runner = new RecordingRunner(command => command.Arguments[^1] == "/dev/null" ? null : RecordingRunner.Result(1, """
            ==> /etc/wireguard/wg0.conf <==
            [Interface]

            ==> /etc/wireguard/wg7.conf <==
            # tfgrid-compose deployment abc
            """, "head: cannot open '/etc/wireguard/wg1.conf'"));

        IReadOnlyList<WireguardFile>? files = await new WireguardFiles(runner, "", isRoot: false).OursAsync(CancellationToken.None);

        Assert.That(files, Is.EqualTo([new WireguardFile("/etc/wireguard/wg7.conf", "wg7", "abc")]));
        Assert.That(runner.Lines, Has.All.StartsWith("sudo -n -- head -"));
        Assert.That(
            runner.Lines[1],
            Does.StartWith("sudo -n -- head -v -n 1 /etc/wireguard/wg0.conf /etc/wireguard/wg1.conf ").And.Contain(
                "/etc/wireguard/wg63.conf"));
    }

    [Test]
    public async Task A_refused_sudo_is_not_an_empty_folder()
    {
        var runner = new RecordingRunner(_ => RecordingRunner.Result(1, error: "sudo: a password is required"));

        Assert.That(await new WireguardFiles(runner, "", isRoot: false).OursAsync(CancellationToken.None), Is.Null);
    }
}
