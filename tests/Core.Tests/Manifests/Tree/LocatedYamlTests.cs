using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests.Tree;

namespace TfgridCompose.Core.Tests.Manifests.Tree;

public sealed class LocatedYamlTests
{
    [Test]
    public void Every_node_and_key_knows_its_place()
    {
        LocatedMap root = LocatedYaml.Parse("name: app\nconfig:\n  memory: 4096\n  nodes: [1, 22]\n", "m.yaml");

        LocatedEntry config = root.Entry("config")!;
        var map = (LocatedMap)config.Value;
        var nodes = (LocatedList)map.Entry("nodes")!.Value;
        Assert.Multiple(() =>
        {
            Assert.That(root.Entry("name")!.Value.Location, Is.EqualTo(new SourceLocation("m.yaml", 1, 7)));
            Assert.That(config.KeyLocation, Is.EqualTo(new SourceLocation("m.yaml", 2, 1)));
            Assert.That(map.Entry("memory")!.KeyLocation, Is.EqualTo(new SourceLocation("m.yaml", 3, 3)));
            Assert.That(map.Entry("memory")!.Value.Location, Is.EqualTo(new SourceLocation("m.yaml", 3, 11)));
            Assert.That(nodes.Location, Is.EqualTo(new SourceLocation("m.yaml", 4, 10)));
            Assert.That(nodes.Items[1].Location, Is.EqualTo(new SourceLocation("m.yaml", 4, 14)));
        });
    }

    [TestCase("a: 1\nb: 2\na: 3\n", "TFC0207 3:1", TestName = "a duplicate key")]
    [TestCase("m:\n  a: 1\n  a: 1\nm: 2\n", "TFC0207 3:3,TFC0207 4:1", TestName = "all duplicate keys at once")]
    [TestCase("a: 1\n---\nb: 2\n", "TFC0208 2:1", TestName = "a second document")]
    [TestCase("", "TFC0209 1:1", TestName = "an empty file")]
    [TestCase("# nothing\n", "TFC0209 1:1", TestName = "comments only")]
    [TestCase("~\n", "TFC0209 1:1", TestName = "null")]
    [TestCase("- a\n- b\n", "TFC0210 1:1", TestName = "a list at the root")]
    [TestCase("\nhello\n", "TFC0210 2:1", TestName = "a text at the root")]
    [TestCase("a: \"1\\0\"\n", "TFC0206 1:4", TestName = "a NUL")]
    [TestCase("a: \"\\ud83d\"\n", "TFC0206 1:4", TestName = "half of a character")]
    [TestCase("\"a\\0\": 1\n", "TFC0206 1:1", TestName = "a NUL in a key")]
    [TestCase("a: 1\n\tb: 2\n", "TFC0206 2:1", TestName = "a tab")]
    [TestCase("name: x\nconfig:\n  cpu: 1\n  \tmemory: 512\n", "TFC0206 4:3", TestName = "a tab after blanks")]
    [TestCase("name: x\nconfig:\n  cpu: 1\n\tmemory: 512\n  disk: 5\n", "TFC0206 4:1", TestName = "a tab among blanks")]
    [TestCase("name: x\nports:\n\t- 80\n", "TFC0206 3:1", TestName = "a tab before a list")]
    [TestCase("name: x\nconfig:\n\tcpu: 1\n\tmemory: 512\n", "TFC0206 3:1", TestName = "tabs only")]
    [TestCase("name: x\na:\n  b:\n    c: 1\n\td: 2\ne: 3\n", "TFC0206 5:1", TestName = "a tab in the depth")]
    [TestCase("text: |\n  one\n  \ttwo\nb: 'open\n", "TFC0206 4", TestName = "a tab in a text is not to blame")]
    [TestCase("a: [1, 2\nb: 3\n", "TFC0206 2:1", TestName = "an open list")]
    [TestCase("a: *nowhere\n", "TFC0206 1:4", TestName = "an alias without anchor")]
    [TestCase("a: &x [*x]\n", "TFC0206 1:8", TestName = "an anchor in itself")]
    [TestCase("a: 'open\n", "TFC0206", TestName = "an open quote")]
    [TestCase("? [1]\n: 2\n", "TFC0206 1:3", TestName = "a key that is a list")]
    [TestCase("a:\n  <<: 5\n", "TFC0206 2:7", TestName = "a merge of a number")]
    public void A_bad_file_is_one_located_problem(string text, string expected)
    {
        DiagnosticException problem = Assert.Throws<DiagnosticException>(() => LocatedYaml.Parse(text, "m.yaml"))!;

        Assert.That(problem.ExitCode, Is.EqualTo(ExitCode.Usage));
        Assert.That(string.Join(",", TestApp.Marks(problem.Diagnostics)), Does.StartWith(expected));
    }

    [Test]
    public void A_tab_is_named_in_the_remedy()
    {
        DiagnosticException problem = Assert.Throws<DiagnosticException>(() => LocatedYaml.Parse("a:\n\tb: 2\n", "m.yaml"))!;

        Assert.That(problem.Diagnostics[0].Remedy, Does.Contain("tab"));
    }

    [Test]
    public void A_large_file_is_not_read_again_for_each_tab()
    {
        string large = $"a:\n\tb: 2\n{new string('#', 64 * 1024)}\n";

        DiagnosticException problem = Assert.Throws<DiagnosticException>(() => LocatedYaml.Parse(large, "m.yaml"))!;

        Assert.That(problem.Diagnostics[0].Remedy, Does.Not.Contain("replace the tab"));
    }

    [Test]
    public void An_alias_is_its_anchors_value()
    {
        LocatedMap root = LocatedYaml.Parse("a: &x {k: 1}\nb: *x\n", "m.yaml");

        Assert.That(root.Entry("b")!.Value, Is.SameAs(root.Entry("a")!.Value));
    }

    [Test]
    public void A_merged_map_gives_what_is_not_there_itself()
    {
        LocatedMap root = LocatedYaml.Parse("a: &x {k: 1, l: 2}\nb:\n  <<: *x\n  k: 3\n", "m.yaml");

        var merged = (LocatedMap)root.Entry("b")!.Value;
        Assert.That(merged.Entries.Select(entry => $"{entry.Key}={((LocatedScalar)entry.Value).Text}"), Is.EqualTo(["k=3", "l=2"]));
    }

    [Test, CancelAfter(5000)]
    public void A_billion_laughs_are_refused()
    {
        string text = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + string.Concat(Enumerable.Range(1, 40)
            .Select(i => $"a{i}: &a{i} [{string.Join(",", Enumerable.Repeat($"*a{i - 1}", 9))}]\n"));

        DiagnosticException problem = Assert.Throws<DiagnosticException>(() => LocatedYaml.Parse(text, "m.yaml"))!;

        Assert.That(problem.Diagnostics.Single().Code, Is.EqualTo(ManifestCodes.TooComplex));
    }

    [TestCase("[")]
    [TestCase("{a: ")]
    [TestCase("- ")]
    public void Endless_nesting_is_refused(string opening)
    {
        string text = "a:\n  " + string.Concat(Enumerable.Repeat(opening, 100_000));

        DiagnosticException problem = Assert.Throws<DiagnosticException>(() => LocatedYaml.Parse(text, "m.yaml"))!;

        Assert.That(problem.Diagnostics.Single().Code, Is.AnyOf(ManifestCodes.TooComplex, ManifestCodes.YamlSyntax));
    }

    [Test]
    public void A_file_of_more_than_a_megabyte_is_refused()
    {
        using var app = new TestApp();

        Assert.That(app.Problems("name: " + new string('x', 1024 * 1024)), Is.EqualTo(["TFC0205 1:1"]));
    }

    [Test]
    public void Bytes_that_are_no_text_are_located()
    {
        using var app = new TestApp();
        File.WriteAllBytes(Path.Combine(app.Folder, "m.yaml"), [.. "a: 1\nb: "u8, 0xFF, 0xFE]);

        DiagnosticException problem = Assert.Throws<DiagnosticException>(() => LocatedYaml.ParseFile(Path.Combine(app.Folder, "m.yaml")))!;

        Assert.That(TestApp.Marks(problem.Diagnostics), Is.EqualTo(["TFC0204 2:4"]));
    }

    [Test]
    public void A_byte_order_mark_is_no_key()
    {
        using var app = new TestApp();
        File.WriteAllBytes(Path.Combine(app.Folder, "m.yaml"), [0xEF, 0xBB, 0xBF, .. "a: 1\n"u8]);

        Assert.That(LocatedYaml.ParseFile(Path.Combine(app.Folder, "m.yaml")).Entries[0].Key, Is.EqualTo("a"));
    }
}
