using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Planning;
using TfgridCompose.LocalGrid.Requests;

namespace TfgridCompose.LocalGrid.Tests.Planning;

/// <summary>Requests that a provider of ours would not send: whoever may run the engine as root writes them by hand.</summary>
public sealed class NetworkGuardTests
{
    private static readonly NetworkSpec Good = new()
    {
        Name = "net",
        IpRange = "10.1.0.0/16",
        Nodes = [1, 4],
        Subnets = new() { ["1"] = "10.1.9.0/24" },
        MyceliumKeys = new() { ["1"] = new string('a', 64) },
    };

    [Test]
    public void A_usual_request_passes() => Assert.That(() => NetworkGuard.Check(Good), Throws.Nothing);

    [TestCase("1/16")]
    [TestCase("8.8.0.0/16")]
    [TestCase("127.0.0.0/16")]
    [TestCase("169.254.0.0/16")]
    [TestCase("198.18.0.0/16")]
    [TestCase("203.0.113.0/16")]
    [TestCase("10.1.0.0/16\n")]
    [TestCase("::/16")]
    public void A_range_is_a_private_one_of_16(string range) => MustRefuse(Good with { IpRange = range, Subnets = [] }, "Invalid range");

    [TestCase("172.20.0.0/16")]
    [TestCase("192.168.0.0/16")]
    public void Any_private_range_will_do(string range) =>
        Assert.That(() => NetworkGuard.Check(Good with { IpRange = range, Subnets = [] }), Throws.Nothing);

    [Test]
    public void Two_nodes_have_two_subnets() =>
        MustRefuse(Good with { Subnets = new() { ["1"] = "10.1.9.0/24", ["4"] = "10.1.9.0/24" } }, "Invalid subnet");

    [TestCase("1", "9751")]
    [TestCase("1", null)]
    [TestCase("x", "9751c596c7c951aedad1a5f78f18b59515064adf660e0d55abead65e6fbbd627")]
    [TestCase("1", "9751c596c7c951aedad1a5f78f18b59515064adf660e0d55abead65e6fbbd62\n")]
    public void A_mycelium_key_is_32_bytes_of_a_node(string node, string? key) =>
        MustRefuse(Good with { MyceliumKeys = new() { [node] = key! } }, "Invalid mycelium key");

    [Test]
    public void Names_are_lines_and_nodes_are_listed_once()
    {
        MustRefuse(Good with { Name = "" }, "Invalid name");
        MustRefuse(Good with { Name = "a\nb" }, "Invalid name");
        MustRefuse(Good with { SolutionType = "\u001b]0;x" }, "Invalid description");
        MustRefuse(Good with { Description = new string('x', 5000) }, "Invalid description");
        MustRefuse(Good with { Nodes = [1, 1] }, "Invalid nodes");
    }

    private static void MustRefuse(NetworkSpec spec, string summary)
    {
        GridException refused = Assert.Throws<GridException>(() => NetworkGuard.Check(spec))!;
        Assert.That(refused.Summary, Is.EqualTo(summary));
        Assert.That(refused.Message.Where(char.IsControl), Is.Empty, "it can be shown");
    }
}
