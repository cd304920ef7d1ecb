using System.Text;

namespace TfgridCompose.Patterns.Sdk.Tests;

public sealed class Crc32CTests
{
    // Sources: the catalogue of parametrised CRCs for "123456789", RFC 3720, appendix B.4, for the others.
    [Test]
    public void It_has_the_published_values()
    {
        byte[] rising = [.. Enumerable.Range(0, 32).Select(value => (byte)value)];

        Assert.That(Crc32C.Of(Encoding.ASCII.GetBytes("123456789")), Is.EqualTo(0xe3069283));
        Assert.That(Crc32C.Of(new byte[32]), Is.EqualTo(0x8a9136aa));
        Assert.That(Crc32C.Of(rising), Is.EqualTo(0x46dd794e));
        Assert.That(Crc32C.Of([]), Is.Zero);
    }
}
