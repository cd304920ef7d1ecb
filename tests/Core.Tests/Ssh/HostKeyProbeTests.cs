using TfgridCompose.Core.Diagnostics;
using TfgridCompose.Core.Ssh;
using TfgridCompose.Core.State;
using TfgridCompose.Core.Tests.Processes;
using TfgridCompose.Core.Tests.State;

namespace TfgridCompose.Core.Tests.Ssh;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class HostKeyProbeTests : IDisposable
{
    private readonly TestHome _home = new();

    public void Dispose() => _home.Dispose();

    [TestCase("vm.abc123xyz ssh-ed25519 AAAA", "10.42.1.2 ssh-ed25519 AAAA", true)]
    [TestCase("vm.abc123xyz ssh-ed25519 AAAA", "# 10.42.1.2:22 SSH-2.0-OpenSSH\n10.42.1.2 ssh-ed25519 BBBB", false)]
    [TestCase("vm.abc123xyz ssh-ed25519 AAAA", "", true, Description = "it did not say")]
    [TestCase("other.abc123xyz ssh-ed25519 AAAA", "10.42.1.2 ssh-ed25519 BBBB", true, Description = "none is pinned")]
    public async Task The_shown_key_is_held_against_the_pinned_one(string pinned, string shown, bool same)
    {
        DeploymentRecord record = _home.Add(TestHome.Record());
        DeploymentFolder folder = _home.Home.Deployment(record.Id);
        await File.WriteAllTextAsync(folder.KnownHosts, pinned + "\n");
        var runner = new RecordingRunner(_ => RecordingRunner.Result(0, shown));

        Diagnostic? refusal = await new HostKeyProbe(runner).AskAsync(record, folder, record.Hosts[0], "10.42.1.2", CancellationToken.None);

        Assert.That(refusal?.Code, Is.EqualTo(same ? null : SshCodes.HostKeyChanged));
        Assert.That(runner.Lines, pinned.StartsWith("vm", StringComparison.Ordinal) ? Is.EqualTo(["ssh-keyscan -T 2 -t ed25519 10.42.1.2"]) : Is.Empty);
    }
}
