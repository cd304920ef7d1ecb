using System.Text;
using TfgridCompose.Core.Plugins.Descriptors;

namespace TfgridCompose.Core.Tests.Plugins.Descriptors;

public sealed class DescriptorScanTests
{
    [Test]
    public void Members_of_the_top_level_are_found_and_nested_ones_left_out()
    {
        const string json = """
            { "schema": 1, "name": "a", "options": [ { "name": "x\"y", "min": -1 } ], "deep": { "name": "b" }, "version": "1.0.0", "flag": true }
            """;

        Assert.That(Scan(json), Is.EqualTo("schema=1 name=a version=1.0.0 flag=true"));
    }

    [TestCase("""{ "name": "one \"word\"" }""", "name=one \"word\"")]
    [TestCase("""{ "name": "\\\\", "version": "1" }""", "name=\\\\ version=1")]
    public void A_quoted_quote_or_backslash_is_read(string json, string members) => Assert.That(Scan(json), Is.EqualTo(members));

    [TestCase("{ \"name\": \"a\\u0062\" }", TestName = "An_escape_at_the_top_is_for_the_real_reader")]
    [TestCase("{ \"name\": \"a\"", TestName = "An_object_without_its_end_is_for_the_real_reader")]
    [TestCase("{ \"name", TestName = "A_text_without_its_end_is_for_the_real_reader")]
    [TestCase("", TestName = "Nothing_is_for_the_real_reader")]
    public void Anything_else_is_not_read(string json) => Assert.That(Scan(json), Is.Null);

    private static string? Scan(string json) =>
        new DescriptorScan(Encoding.UTF8.GetBytes(json)).Members() is { } members
            ? string.Join(' ', members.Select(member => $"{member.Key}={member.Value}"))
            : null;
}
