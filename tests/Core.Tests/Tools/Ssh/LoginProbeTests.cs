using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tests.Records.Deployments;
using TfgridCompose.Core.Tools.Ssh;

namespace TfgridCompose.Core.Tests.Tools.Ssh;

public sealed class LoginProbeTests
{
    private static readonly DeploymentFolder Folder = new("/s/abc");

    [Test]
    public async Task A_machine_that_takes_the_login_has_nothing_to_say()
    {
        var runner = new RecordingRunner(_ => RecordingRunner.Result(255, "tfgrid-compose-logged-in\n"));

        Assert.That(await AskAsync(runner), Is.EqualTo(new LoginAnswer()));
        Assert.That(
            runner.Lines.Single(),
            Does.StartWith("ssh -N -T -o ConnectTimeout=2 -o KexAlgorithms=curve25519-sha256,")
                .And.Contain(" -o PermitLocalCommand=yes ")
                .And.Contain("LocalCommand=echo tfgrid-compose-logged-in; kill $PPID -F /dev/null")
                .And.Contain("StrictHostKeyChecking=yes").And.Contain("HostKeyAlias=vm.abc123xyz")
                .And.Contain("ControlPath=none").And.EndWith(" root@127.0.0.1"));
        Assert.That(runner.Commands.Single().Environment["SHELL"], Is.EqualTo("/bin/sh"), "fish knows no $PPID");
    }

    [TestCase("ssh: connect to host 10.42.1.2 port 22: Connection refused", "port 22 refused: sshd is not up yet")]
    [TestCase("ssh: connect to host 10.42.1.2 port 22: Connection timed out", "no answer on port 22")]
    [TestCase("Connection timed out during banner exchange", "no answer on port 22")]
    [TestCase("ssh: connect to host 10.42.1.2 port 22: No route to host", "no route")]
    [TestCase("ssh: connect to host fd00::2 port 22: Network is unreachable", "no route")]
    [TestCase("Connection closed by 10.42.1.2 port 22", "the connection was closed before the login")]
    [TestCase("kex_exchange_identification: read: Connection reset by peer", "the connection was closed before the login")]
    [TestCase("", "ssh failed without a message")]
    public async Task Where_nothing_answers_it_says_why(string said, string reason) => Assert.That(
        await AskAsync(Ends(255, said)), Is.EqualTo(new LoginAnswer(Silence: reason)));

    [TestCase("root@10.42.1.2: Permission denied (publickey).")]
    [TestCase("Bad owner or permissions on /home/ann/.ssh/id")]
    [TestCase("Received disconnect from 10.42.1.2 port 22:2: Too many authentication failures")]
    public async Task A_login_that_sshd_refuses_is_no_silence(string said) => Assert.That(
        await AskAsync(Ends(255, said)), Is.EqualTo(new LoginAnswer(Failure: said)));

    [TestCase("@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @")]
    [TestCase("No RSA host key is known for vm.abc and you have requested strict checking.\nHost key verification failed.")]
    public async Task Another_key_is_refused(string said)
    {
        LoginAnswer answer = await AskAsync(Ends(255, said));

        Assert.That(answer.Refusal?.Code, Is.EqualTo(SshCodes.HostKeyChanged));
        Assert.That(answer with { Refusal = null }, Is.EqualTo(new LoginAnswer()));
    }

    // It may have been replaced, and its key with it; without a pinned key there is nothing to compare.
    [TestCase(true, true)]
    [TestCase(false, false)]
    [TestCase(false, true, "")]
    public async Task Only_a_machine_with_a_pinned_key_is_logged_in_to(bool isReplacing, bool isPinned, params string[] looks)
    {
        using var home = new TestHome();
        DeploymentRecord record = home.Add(TestHome.Record() with { Replacing = isReplacing ? ["vm"] : [] });
        DeploymentFolder folder = home.Home.Deployment(record.Id);
        File.WriteAllText(folder.KnownHosts, $"{(isPinned ? "vm" : "db")}.{record.Id} ssh-ed25519 AAAA\n");
        var runner = new RecordingRunner(_ => RecordingRunner.Result(255, "tfgrid-compose-logged-in\n"));

        await new LoginProbe(runner).AskAsync(record, folder, record.Hosts[0], CancellationToken.None);

        Assert.That(runner.Lines, Has.Count.EqualTo(looks.Length));
    }

    [Test]
    public async Task One_that_hangs_is_silent()
    {
        var runner = new RecordingRunner(_ => new ToolResult(-1, "", [], TimedOut: true));

        Assert.That((await AskAsync(runner)).Silence, Is.EqualTo("no answer within 5 s"));
    }

    private static RecordingRunner Ends(int exitCode, string said) =>
        new(_ => RecordingRunner.Result(exitCode, error: said));

    private static Task<LoginAnswer> AskAsync(RecordingRunner runner) => new LoginProbe(runner).AskAsync(
        Folder, SshConnection.To(TestHome.Record(), Folder, "vm", "127.0.0.1"), CancellationToken.None);
}
