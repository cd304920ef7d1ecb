using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tests.Records.Deployments;
using TfgridCompose.Core.Tools.Ssh;

namespace TfgridCompose.Core.Tests.Tools.Ssh;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class HostKeyProbeTests : IDisposable
{
    private readonly TestHome _home = new();

    public void Dispose() => _home.Dispose();

    [TestCase("vm.abc123xyz ssh-ed25519 AAAA", "root@10.42.1.2: Permission denied (publickey).", true)]
    [TestCase(
        "vm.abc123xyz ssh-ed25519 AAAA",
        "@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\nHost key verification failed.",
        false)]
    [TestCase(
        "vm.abc123xyz ssh-ed25519 AAAA",
        "No RSA host key is known for vm.abc123xyz and you have requested strict checking.\nHost key verification failed.",
        false)]
    [TestCase("vm.abc123xyz ssh-ed25519 AAAA", "ssh: connect to host 10.42.1.2 port 22: Connection timed out", true)]
    public async Task OpenSSH_holds_the_key_against_the_pinned_one(string pinned, string said, bool same)
    {
        (Diagnostic? refusal, RecordingRunner runner) = await AskAsync(pinned, said);

        Assert.That(refusal?.Code, Is.EqualTo(same ? null : SshCodes.HostKeyChanged));
        Assert.That(runner.Lines.Single(), Does.StartWith("ssh -o PreferredAuthentications=none -o KexAlgorithms=curve25519-sha256 "
            + "-F /dev/null")
            .And.Contain("StrictHostKeyChecking=yes").And.Contain("HostKeyAlias=vm.abc123xyz").And.Contain("ControlPath=none").And.EndsWith(
                "-T root@10.42.1.2 true"));
    }

    [Test]
    public async Task Where_none_is_pinned_nobody_is_asked()
    {
        (
            Diagnostic? refusal,
            RecordingRunner runner) = await AskAsync("other.abc123xyz ssh-ed25519 AAAA", "REMOTE HOST IDENTIFICATION HAS CHANGED");

        Assert.That(refusal, Is.Null);
        Assert.That(runner.Lines, Is.Empty);
    }

    private async Task<(Diagnostic? Refusal, RecordingRunner Runner)> AskAsync(string pinned, string said)
    {
        DeploymentRecord record = _home.Add(TestHome.Record());
        DeploymentFolder folder = _home.Home.Deployment(record.Id);
        await File.WriteAllTextAsync(folder.KnownHosts, pinned + "\n");
        var runner = new RecordingRunner(_ => RecordingRunner.Result(255, error: said));
        return (await new HostKeyProbe(runner).AskAsync(record, folder, record.Hosts[0], "10.42.1.2", CancellationToken.None), runner);
    }
}
