using System.Globalization;
using System.Text;
using TfgridCompose.Core.Records.Json;

namespace TfgridCompose.Core.Tests.Records.Json;

public sealed class UtcTimeTests
{
    [TestCase("2026-01-02T03:04:05+00:00")]
    [TestCase("2026-12-31T23:59:59.1+00:00")]
    [TestCase("2028-02-29T00:00:00.0000001+00:00")]
    [TestCase("2026-01-02T03:04:05.1234567+00:00")]
    [TestCase("0001-01-01T00:00:00.020+00:00")]
    public void It_reads_what_the_library_reads(string text)
    {
        Assert.That(UtcTime.Read(Encoding.ASCII.GetBytes(text)), Is.EqualTo(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture)));
    }

    [TestCase("")]
    [TestCase("2026-01-02T03:04:05Z")]
    [TestCase("2026-01-02T03:04:05+01:00")]
    [TestCase("2026-02-29T03:04:05+00:00")]
    [TestCase("2026-13-02T03:04:05+00:00")]
    [TestCase("2026-01-02T24:04:05+00:00")]
    [TestCase("2026-01-02T03:04:05.12345678+00:00")]
    [TestCase("2026-01-02T03:04:05.+00:00")]
    [TestCase("2026-01-0xT03:04:05+00:00")]
    public void Any_other_form_is_left_to_others(string text)
    {
        Assert.That(UtcTime.Read(Encoding.ASCII.GetBytes(text)), Is.Null);
    }
}
