using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tests.Records.Deployments;
using TfgridCompose.Core.Tools.Checks;
using TfgridCompose.Core.Tools.Ssh;

namespace TfgridCompose.Core.Tests.Tools.Checks;

public sealed class PortLookTests
{
    private const string Ss = """
        LISTEN 0      128          0.0.0.0:22         0.0.0.0:*
        LISTEN 0      4096   127.0.0.53%lo:53         0.0.0.0:*
        LISTEN 0      5            0.0.0.0:8080       0.0.0.0:*
        LISTEN 0      511                *:80               *:*
        LISTEN 0      128             [::]:22            [::]:*
        LISTEN 0      5              [::1]:9090          [::]:*
        LISTEN 0      5   [::ffff:10.1.2.3]:7000            *:*

        """;

    private const string Kernel = """
          sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
           0: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1 0 100 0 0 10 0
           1: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 2 1 0 100 0 0 10 0
           2: 0302010A:0050 0400010A:9C40 01 00000000:00000000 00:00000000 00000000     0        0 3 1 0 20 4 30 10 -1
          sl  local_address                         remote_address                        st tx_queue rx_queue tr
           0: 00000000000000000000000000000000:0050 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000
           1: 00000000000000000000000001000000:2382 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000
           2: B80D0120000000000000000001000000:1B58 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000

        """;

    [TestCase(22, "0.0.0.0 ::")]
    [TestCase(53, "127.0.0.53")]
    [TestCase(8080, "0.0.0.0")]
    [TestCase(80, ":: 0.0.0.0")]
    [TestCase(9090, "::1")]
    [TestCase(7000, "10.1.2.3")]
    [TestCase(808, "")]
    public void What_ss_lists_is_read(int port, string expected) =>
        Assert.That(string.Join(' ', PortListeners.On(port, Ss)), Is.EqualTo(expected));

    [TestCase(22, "0.0.0.0")]
    [TestCase(8080, "127.0.0.1")]
    [TestCase(80, ":: 0.0.0.0")]
    [TestCase(9090, "::1")]
    [TestCase(7000, "2001:db8::1")]
    [TestCase(40000, "")]
    public void What_the_kernel_lists_is_read(int port, string expected) =>
        Assert.That(string.Join(' ', PortListeners.On(port, Kernel)), Is.EqualTo(expected));

    [TestCase("", "10.1.2.3", "nothing listens on port 8080", false)]
    [TestCase("0.0.0.0", "502:1::5", "port 8080 listens on IPv4 only (0.0.0.0); the address used is IPv6: listen on ::", true)]
    [TestCase("::", "10.1.2.3", "port 8080 listens on IPv6 only (::); the address used is IPv4: listen on 0.0.0.0", true)]
    [TestCase("127.0.0.1", "10.1.2.3", "port 8080 listens on 127.0.0.1 only", true)]
    [TestCase("127.0.0.1 ::1", "502:1::5", "port 8080 listens on 127.0.0.1, ::1 only", true)]
    [TestCase("10.9.9.9", "10.1.2.3", "port 8080 listens on 10.9.9.9 only", true)]
    public void What_is_wrong_is_said(string listeners, string used, string text, bool isLasting)
    {
        PortFinding finding = Judge(listeners, used)!;

        Assert.That((finding.Text, finding.IsLasting), Is.EqualTo((text, isLasting)));
    }

    [Test]
    public void Where_something_listens_instead_is_said() => Assert.That(
        PortLook.Judge([], IPAddress.Parse("10.1.2.3"), 80, [8081, 9000])?.Text,
        Is.EqualTo("nothing listens on port 80 (ports in use: 8081, 9000)"));

    [Test]
    public void Other_ports_are_those_that_more_than_the_machine_itself_reaches() => Assert.That(
        PortListeners.Others(
            "LISTEN 0 128 0.0.0.0:22 0.0.0.0:*\nLISTEN 0 5 *:9000 *:*\nLISTEN 0 5 [::]:8081 [::]:*\nLISTEN 0 5 0.0.0.0:8081 0.0.0.0:*\n"
                + "LISTEN 0 5 127.0.0.53%lo:53 0.0.0.0:*\n"),
        Is.EqualTo([8081, 9000]));

    [TestCase("127.0.0.1 0.0.0.0", "10.1.2.3")]
    [TestCase("::", "502:1::5")]
    [TestCase("10.1.2.3", "10.1.2.3")]
    public void A_listener_where_the_address_leads_explains_nothing(string listeners, string used) =>
        Assert.That(Judge(listeners, used), Is.Null);

    [TestCase(255, "")]
    [TestCase(0, "")]
    public async Task What_could_not_be_seen_is_not_taken_for_nothing(int exitCode, string output)
    {
        var ssh = new SshClient(
            new RecordingRunner(_ => RecordingRunner.Result(exitCode, output)),
            SshConnection.To(TestHome.Record(), new DeploymentFolder("/s/abc"), "vm", "10.1.2.3"));

        PortFinding? finding = await PortLook.AtAsync(ssh, "10.1.2.3", 8080, CancellationToken.None);

        Assert.That(finding, Is.EqualTo(new PortFinding("could not find out what listens on port 8080", Remedy: null, IsLasting: false)));
    }

    // On this computer, as it would run on a machine: with ss where it is installed, and without.
    [TestCase(true)]
    [TestCase(false)]
    public async Task The_command_sees_a_real_listener(bool withSs)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        string command = withSs ? PortListeners.Command : $"ss() {{ return 127; }}; {PortListeners.Command}";
        using Process shell = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { RedirectStandardOutput = true })!;
        string output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();

        Assert.That((shell.ExitCode, PortListeners.Lists(output)), Is.EqualTo((0, true)), output);
        Assert.That(PortListeners.On(((IPEndPoint)server.LocalEndpoint).Port, output), Is.EqualTo([IPAddress.Loopback]), output);
    }

    private static PortFinding? Judge(string listeners, string used) => PortLook.Judge(
        [.. listeners.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPAddress.Parse)], IPAddress.Parse(used), 8080, []);
}
