using System.Text;
using TfgridCompose.Core.Listing;

namespace TfgridCompose.Core.Tests.Listing;

public sealed class PlainJsonTests
{
    [Test]
    public void Members_of_the_top_level_are_found_and_nested_ones_passed_over()
    {
        const string Json = """
            { "schema": 1, "name": "a", "options": [ { "name": "x\"y", "min": -1 } ], "deep": { "name": "b" }, "version": "1.0.0", "flag": true }
            """;

        Assert.That(Scan(Json), Is.EqualTo("schema=1 name=a version=1.0.0 flag=true"));
    }

    [TestCase("""{ "name": "one \"word\"" }""", "name=one \"word\"")]
    [TestCase("""{ "name": "\\\\", "version": "1" }""", "name=\\\\ version=1")]
    [TestCase("{ \"name\": \"a\\u0062\" }", "name=ab")]
    [TestCase("""{ "skipped": [ "\\", "}\"]" ], "version": "1" }""", "version=1")]
    public void Escapes_are_read_and_do_not_end_a_string(string json, string members) =>
        Assert.That(Scan(json), Is.EqualTo(members));

    [TestCase("{ \"name\": \"a\"", TestName = "An_object_without_its_end_is_cut")]
    [TestCase("{ \"name", TestName = "A_string_without_its_end_is_cut")]
    [TestCase("{ \"name\": [ \"a\\\"", TestName = "A_nested_string_without_its_end_is_cut")]
    [TestCase("{ \"name\": \"a\\\"}", TestName = "A_string_that_ends_in_an_escaped_quote_is_cut")]
    public void What_no_reader_can_read_is_cut(string json)
    {
        Assert.That(Scan(json, out bool isCut), Is.Null);
        Assert.That(isCut);
    }

    [TestCase("[]", TestName = "A_list_is_no_object")]
    [TestCase("", TestName = "An_empty_file_is_no_object")]
    [TestCase("} {", TestName = "A_bracket_that_closes_nothing_is_no_object")]
    [TestCase("{ \"name\": \"a\" } more", TestName = "Nothing_may_follow_the_object")]
    [TestCase("{ \"name\": \"a\" }}", TestName = "No_bracket_may_follow_the_object")]
    [TestCase("{ \"name\": [ 1 } ]", TestName = "A_brace_does_not_close_a_list")]
    [TestCase("{ \"deep\": { \"list\": { \"a\": 1 ] } }", TestName = "A_bracket_does_not_close_an_object")]
    public void What_is_not_understood_is_left_to_the_library(string json)
    {
        Assert.That(Scan(json, out bool isCut), Is.Null);
        Assert.That(isCut, Is.False);
    }

    [Test]
    public void Members_deeper_than_it_counts_are_left_to_the_library()
    {
        static string Nested(int depth) => $"{{ \"deep\": {new string('[', depth)}{new string(']', depth)}, \"name\": \"a\" }}";

        Assert.That(Scan(Nested(63)), Is.EqualTo("name=a"));
        Assert.That(Scan(Nested(64), out bool isCut), Is.Null);
        Assert.That(isCut, Is.False);
    }

    [Test]
    public void The_line_where_it_was_cut_is_known()
    {
        var json = new PlainJson("{\n\n  \"name\": \"a"u8);

        Assert.That(json.Next(), Is.False);
        Assert.That(json.IsCut);
        Assert.That(json.Line, Is.EqualTo(3));
    }

    private static string? Scan(string text) => Scan(text, out _);

    private static string? Scan(string text, out bool isCut)
    {
        var json = new PlainJson(Encoding.UTF8.GetBytes(text));
        var members = new List<string>();
        while (json.Next())
        {
            if (json.IsNested)
            {
                json.Skip();
            }
            else
            {
                members.Add($"{JsonString.Text(json.Name)}={JsonString.Text(json.Value)}");
            }
        }

        Assert.That(json.IsWhole && json.IsCut, Is.False);
        isCut = json.IsCut;
        return json.IsWhole ? string.Join(' ', members) : null;
    }
}
