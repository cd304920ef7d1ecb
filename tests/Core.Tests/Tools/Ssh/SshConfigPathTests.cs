using System.Diagnostics;
using TfgridCompose.Core.Tools.Ssh;

namespace TfgridCompose.Core.Tests.Tools.Ssh;

/// <summary>OpenSSH itself says how it reads a path.</summary>
public sealed class SshConfigPathTests
{
    [TestCase("/home/ann/.tfgrid-compose/known_hosts")]
    [TestCase("/home/ann lee/my state/known_hosts")]
    [TestCase("/home/it's/\"quoted\"/k")]
    [TestCase("/home/back\\slash/k")]
    [TestCase("/home/50%h/#1/k")]
    public async Task A_path_arrives_as_it_is(string path)
    {
        string value = SshConfigPath.Of(path);

        using Process ssh = Process.Start(new ProcessStartInfo(
            "ssh", ["-G", "-F", "/dev/null", "-o", $"UserKnownHostsFile={value}", "-o", $"ControlPath={value}", "host"])
        {
            RedirectStandardOutput = true,
        })!;
        string[] lines = (await ssh.StandardOutput.ReadToEndAsync()).Split('\n');
        await ssh.WaitForExitAsync();

        Assert.That(lines, Has.Member($"userknownhostsfile {path}").And.Member($"controlpath {path}"));
    }
}
