using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tests.Records.Deployments;
using TfgridCompose.Core.Tools.Networks;

namespace TfgridCompose.Core.Tests.Tools.Networks;

public sealed class NetworkDiagnosisTests
{
    [TestCase(0, "ping answers")]
    [TestCase(1, "ping does not answer")]
    public async Task Each_hop_is_told_as_it_is(int pingExitCode, string ping)
    {
        var runner = new RecordingRunner(command => command.Program == "ping" ? RecordingRunner.Result(pingExitCode)
            : RecordingRunner.Result(0, "192.0.2.7 via 10.0.0.1 dev eth0 \n    cache\n"));

        IReadOnlyList<string> lines = await new NetworkDiagnosis(runner).OfAsync(
            TestHome.Record() with
            {
                Hosts = [new() { Name = "vm", Role = "vm", Addresses = [new("ipv4", "127.0.0.1")] }],
            }, CancellationToken.None);

        Assert.That(lines, Has.Count.EqualTo(2));
        Assert.That(lines[1], Does.StartWith($"  ipv4 to vm (127.0.0.1): route: 192.0.2.7 via 10.0.0.1 dev eth0; {ping}; ssh: "));
        Assert.That(runner.Lines, Is.EqualTo(["ip route get 127.0.0.1", "ping -c 2 -W 2 -n 127.0.0.1"]));
    }
}
