namespace TfgridCompose.Patterns.Sdk.Tests;

public sealed class DeploymentKeysTests
{
    private static readonly DeploymentKeys Keys = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    // Computed with another implementation of RFC 5869: Python's hmac and hashlib.
    [TestCase("mycelium/8", 32, "c441518c834e8d9dc6e6ab7fb5d315863a6e8fb035cd46287e6b4b3883fdaca5")]
    [TestCase("mycelium-seed/vm", 6, "82ccfb1f79d9")]
    [TestCase("mycelium/8", 40, "c441518c834e8d9dc6e6ab7fb5d315863a6e8fb035cd46287e6b4b3883fdaca5642dd83b59a80f87")]
    public void A_purpose_has_the_key_of_RFC_5869(string purpose, int bytes, string hex)
    {
        Assert.That(Keys.Hex(purpose, bytes), Is.EqualTo(hex));
    }

    [Test]
    public void Another_seed_or_purpose_gives_another_key()
    {
        var other = new DeploymentKeys(new byte[32]);

        Assert.That(
            new[] { Keys.Hex("a", 32), Keys.Hex("b", 32), other.Hex("a", 32), other.Hex("b", 32) }.Distinct().Count(),
            Is.EqualTo(4));
    }

    [Test]
    public void It_does_not_print_the_seed()
    {
        Assert.That(Keys.ToString(), Is.EqualTo("DeploymentKeys(***)"));
    }
}
