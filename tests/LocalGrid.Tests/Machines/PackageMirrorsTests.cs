using System.Net;
using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.Tests.Support;

namespace TfgridCompose.LocalGrid.Tests.Machines;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PackageMirrorsTests : IDisposable
{
    private readonly FakeComputer _computer = new();

    public void Dispose() => _computer.Dispose();

    [Test]
    public void A_mirror_in_the_local_network_or_on_this_computer_is_named_with_its_port_and_a_public_one_is_not()
    {
        _computer.Write("/proc/net/fib_trie", "Main:\n     |-- 192.0.2.5\n");
        _computer.Write("/etc/apt/sources.list.d/debian.sources", """
            Types: deb
            # URIs: http://192.168.7.7/debian
            URIs: http://mirror.example/debian http://192.168.1.9:3142/deb.debian.org/debian
             https://192.0.2.5/debian
            """);
        _computer.Write("/etc/apt/sources.list", "deb [signed-by=/x] http://public.example:8080/debian bookworm main\n");
        _computer.Tools.Answer(
            "apt-config dump Acquire",
            output: "Acquire \"\";\nAcquire::http::Proxy \"http://192.168.1.8:3128/\";\nAcquire::http::User \"http://10.0.0.1\";\n");
        _computer.Tools.Answer("timeout 2 getent ahostsv4 -- mirror.example", output: "10.7.7.7  STREAM mirror.example\n10.7.7.7  DGRAM\n");
        _computer.Tools.Answer("timeout 2 getent ahostsv4 -- public.example", output: "198.51.100.7 STREAM public.example\n");

        Assert.That(new PackageMirrors(_computer.Computer).Private(), Is.EquivalentTo(new[]
        {
            IPEndPoint.Parse("10.7.7.7:80"), IPEndPoint.Parse("192.168.1.9:3142"), IPEndPoint.Parse("192.0.2.5:443"),
            IPEndPoint.Parse("192.168.1.8:3128"),
        }));
    }

    [Test]
    public void A_name_that_nobody_knows_opens_nothing()
    {
        _computer.Tools.Answer("timeout", exitCode: 2);

        Assert.That(new PackageMirrors(_computer.Computer).Private(), Is.Empty);
    }
}
