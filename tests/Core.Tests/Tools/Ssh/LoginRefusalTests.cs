using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tools.Ssh;

namespace TfgridCompose.Core.Tests.Tools.Ssh;

public sealed class LoginRefusalTests
{
    private static readonly SshConnection Connection = new(
        "root", "10.42.1.2", "/home/ann/.ssh/id_rsa", "/d/known_hosts", "vm.abc", "none");

    [TestCase("root@10.42.1.2: Permission denied (publickey).", "does not accept the key /home/ann/.ssh/id_rsa", true)]
    [TestCase(
        "@ WARNING: UNPROTECTED PRIVATE KEY FILE! @\nPermissions 0644 for 'k' are too open.\nLoad key \"k\": bad permissions\n"
            + "root@10.42.1.2: Permission denied (publickey).",
        "others can read it",
        false)]
    [TestCase(
        "Load key \"k\": error in libcrypto\nroot@10.42.1.2: Permission denied (publickey).",
        "cannot use the key",
        false)]
    [TestCase(
        "Received disconnect from 10.42.1.2 port 22:2: Too many authentication failures\nDisconnected from 10.42.1.2",
        "closed the connection before ssh offered the right key",
        false)]
    [TestCase("Host key verification failed.", "cannot verify the machine's host key", false)]
    [TestCase("command-line: line 0: Bad configuration option: foo", "does not accept its options", false)]
    [TestCase(
        "Unable to negotiate with 10.42.1.2 port 22: no matching host key type found. Their offer: ssh-rsa",
        "no algorithm in common",
        false)]
    [TestCase("ssh: not found on PATH", "not installed", false)]
    public void What_no_further_try_will_change_is_known(string said, string reason, bool mayPass)
    {
        LoginRefusal refusal = LoginRefusal.Of(RecordingRunner.Result(255, error: said), Connection)!;

        Assert.That((refusal.Reason, refusal.MayPass), Is.EqualTo((refusal.Reason, mayPass)));
        Assert.That(refusal.Reason, Does.Contain(reason));
        Assert.That(refusal.Remedy, Is.Not.Empty);
    }

    [Test]
    public void A_machine_that_wants_another_user_says_it_on_its_output() => Assert.That(
        LoginRefusal.Of(
            RecordingRunner.Result(142, "Please login as the user \"ubuntu\" rather than the user \"root\".\n"),
            Connection)?.MayPass,
        Is.False);

    [TestCase("ssh: connect to host 10.42.1.2 port 22: Connection refused")]
    [TestCase("ssh: connect to host 10.42.1.2 port 22: Connection timed out")]
    [TestCase("kex_exchange_identification: Connection closed by remote host")]
    [TestCase("Connection reset by 10.42.1.2 port 22")]
    [TestCase("\"System is booting up. Unprivileged users are not permitted to log in yet.\"")]
    public void What_a_machine_that_starts_says_is_no_refusal(string said) =>
        Assert.That(LoginRefusal.Of(RecordingRunner.Result(255, error: said), Connection), Is.Null);
}
