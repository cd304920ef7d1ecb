namespace TfgridCompose.Patterns.Sdk.Tests;

public sealed class NetworkKindsTests
{
    [TestCase(NetworkKind.Wireguard, "wireguard", "wireguard")]
    [TestCase(NetworkKind.Mycelium, "mycelium", "mycelium")]
    [TestCase(NetworkKind.PublicIpv4, "public", "ipv4")]
    [TestCase(NetworkKind.PublicIpv6, "public", "ipv6")]
    public void A_network_has_its_names_in_outputs_and_manifests(NetworkKind kind, string output, string manifest) =>
        Assert.That((kind.OutputName(), kind.ManifestName()), Is.EqualTo((output, manifest)));
}
