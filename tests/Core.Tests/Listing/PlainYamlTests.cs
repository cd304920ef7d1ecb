using System.Text;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Listing;
using TfgridCompose.Core.Manifests.Tree;
using TfgridCompose.Core.Plugins.FolderPatterns;

namespace TfgridCompose.Core.Tests.Listing;

public sealed class PlainYamlTests
{
    [TestCase("name: a\nversion: 1.0\ndescription: Some words here.\n", "a|1.0|Some words here.|")]
    [TestCase("# comment\n\nname: a   # why\nversion: \"1.2.3\"\ndescription: 'two: words'\ncontract: 1.0\n", "a|1.2.3|two: words|1.0")]
    [TestCase("name: a\r\nversion: 1\r\nroles:\r\n  vm:\r\n    cpu: 1\r\nrequires:\r\n- terraform\r\n", "a|1||")]
    [TestCase("version: 1\noptions: {cpu: {type: integer}}\nname: a#b\nnotes: |\n  name: other\n", "a#b|1||")]
    [TestCase("roles:\n  name: nested\nname: a\n", "a|||")]
    public void The_plain_form_is_read_without_a_parser(string yaml, string expected) => Assert.That(Scan(yaml), Is.EqualTo(expected));

    [TestCase("description: >\n  folded\n", TestName = "A_block_text_is_for_the_parser")]
    [TestCase("description: one\n  two\n", TestName = "A_text_of_two_lines_is_for_the_parser")]
    [TestCase("description: \"a \\\" b\"\n", TestName = "An_escape_is_for_the_parser")]
    [TestCase("description: 'it''s'\n", TestName = "A_doubled_quote_is_for_the_parser")]
    [TestCase("description: \"open\nname: evil\"\n", TestName = "A_quote_that_goes_on_is_for_the_parser")]
    [TestCase("x: \"open\nname: evil\"\n", TestName = "A_quote_of_another_key_that_goes_on_is_for_the_parser")]
    [TestCase("x: [a,\nname: evil]\n", TestName = "A_flow_that_goes_on_is_for_the_parser")]
    [TestCase("name: &a x\n", TestName = "An_anchor_is_for_the_parser")]
    [TestCase("<<: *a\nname: x\n", TestName = "A_merge_is_for_the_parser")]
    [TestCase("name: x\nname: y\n", TestName = "A_key_that_stands_twice_is_for_the_parser")]
    [TestCase("name: null\n", TestName = "A_null_is_for_the_parser")]
    [TestCase("\"name\": x\n", TestName = "A_quoted_key_is_for_the_parser")]
    [TestCase("---\nname: x\n", TestName = "A_document_mark_is_for_the_parser")]
    [TestCase("{name: x}\n", TestName = "A_flow_map_is_for_the_parser")]
    [TestCase("name: a: b\n", TestName = "A_second_colon_is_for_the_parser")]
    [TestCase("a: b\rname: x\n", TestName = "A_lone_carriage_return_is_for_the_parser")]
    [TestCase("\uFEFFname: x\n", TestName = "A_byte_order_mark_is_for_the_parser")]
    public void Anything_else_is_not_scanned(string yaml) => Assert.That(Scan(yaml), Is.Null);

    [Test]
    public void Where_the_scan_answers_the_parser_answers_the_same()
    {
        string[] pieces =
        [
            "name: a\n", "name: b-2 # c\n", "version: 1.0\n", "version: '2.0'\n", "description: x y\n",
            "description: \"q\"\n", "description: |\n  t\n", "contract: 1.0\n",
            "  deep: 1\n", "- item\n", "x:\n", "x: {a: b}\n", "x: [1, 2]\n", "x: \"\n", "# name: c\n", "\n",
            "  name: d\n", "name:\n", "y: 'z\n", "name: [n]\n", "w: a b: c\n", "x: |\n", "  more\n", "name: ~\n",
        ];
        var random = new Random(7);
        int answered = 0;
        for (int round = 0; round < 4000; round++)
        {
            string yaml = string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => pieces[random.Next(pieces.Length)]));
            if (Scan(yaml) is { } plain && Parsed(yaml) is { } parsed)
            {
                answered++;
                Assert.That(plain, Is.EqualTo(parsed), yaml);
            }
        }

        Assert.That(answered, Is.GreaterThan(200));
    }

    private static string? Parsed(string yaml)
    {
        try
        {
            LocatedMap root = LocatedYaml.Parse(yaml, "p.yaml");
            return string.Join(
                '|',
                new[] { "name", "version", "description", "contract" }.Select(
                    key => (root.Entry(key)?.Value as LocatedScalar)?.Text ?? ""));
        }
        catch (DiagnosticException)
        {
            return null;
        }
    }

    private static string? Scan(string yaml)
    {
        Dictionary<string, string>? head = PlainYaml.Read(Encoding.UTF8.GetBytes(yaml), PatternYamlHead.Keys);
        return head is null ? null : string.Join('|', PatternYamlHead.Keys.Select(key => head.GetValueOrDefault(key) ?? ""));
    }
}
