using System.Globalization;
using System.Text;
using TfgridCompose.Cli.Listing;

namespace TfgridCompose.Cli.Tests.Listing;

public sealed class IndexAgeTests
{
    [TestCase("2026-01-02T03:04:05+00:00")]
    [TestCase("2026-12-31T23:59:59.1+00:00")]
    [TestCase("2028-02-29T00:00:00.0000001+00:00")]
    [TestCase("2026-01-02T03:04:05.1234567+00:00")]
    [TestCase("0001-01-01T00:00:00.020+00:00")]
    public void It_reads_what_the_library_reads(string text)
    {
        DateTimeOffset now = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).AddSeconds(42);

        Assert.That(Age(text, now), Is.EqualTo("42s"));
    }

    [TestCase("")]
    [TestCase("2026-01-02T03:04:05Z")]
    [TestCase("2026-01-02T03:04:05+01:00")]
    [TestCase("2026-02-29T03:04:05+00:00")]
    [TestCase("2026-13-02T03:04:05+00:00")]
    [TestCase("2026-01-02T24:04:05+00:00")]
    [TestCase("2026-01-02T03:04:05.12345678+00:00")]
    [TestCase("2026-01-02T03:04:05.+00:00")]
    [TestCase("2026+00:00")]
    [TestCase("2026-01-0xT03:04:05+00:00")]
    public void Of_any_other_form_no_age_is_known(string text) => Assert.That(Age(text, DateTimeOffset.MaxValue), Is.EqualTo("-"));

    private static string Age(string text, DateTimeOffset now) =>
        Encoding.UTF8.GetString(IndexAge.Of(Encoding.ASCII.GetBytes(text), now));
}
