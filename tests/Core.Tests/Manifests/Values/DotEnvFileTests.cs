using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests.Values;

namespace TfgridCompose.Core.Tests.Manifests.Values;

public sealed class DotEnvFileTests
{
    [TestCase("A=1", "A=1")]
    [TestCase("  export  A=1", "A=1")]
    [TestCase("A = 1 ", "A=1")]
    [TestCase("A=", "A=")]
    [TestCase("A=a b", "A=a b")]
    [TestCase("A=a#b # comment", "A=a#b")]
    [TestCase("A=# comment", "A=")]
    [TestCase("# A=1\n\n\t\nB=2\n", "B=2")]
    [TestCase("A=1\r\nB=2\r\n", "A=1|B=2")]
    [TestCase("A=1\nA=2", "A=1|A=2")]
    [TestCase("A='a # \"b\" \\n $x'  # c", "A=a # \"b\" \\n $x")]
    [TestCase("A=\"a\\nb\\t\\\"c\\\" \\\\ \\$x \\q\"", "A=a\nb\t\"c\" \\ $x \\q")]
    [TestCase("A=\"one\ntwo\"\nB=3", "A=one\ntwo|B=3")]
    [TestCase("A='one\ntwo'", "A=one\ntwo")]
    [TestCase("A=$(touch /tmp/x) `id` ${B}", "A=$(touch /tmp/x) `id` ${B}")]
    [TestCase("A=k=v", "A=k=v")]
    [TestCase("A=ünï", "A=ünï")]
    [TestCase("export=1", "export=1")]
    public void Lines_are_read_as_people_mean_them(string text, string expected)
    {
        var problems = new List<Diagnostic>();

        IReadOnlyList<GivenValue> values = DotEnvFile.Parse(text, ".env", ".env", problems);

        Assert.That(problems, Is.Empty);
        Assert.That(string.Join("|", values.Select(value => $"{value.Name}={value.Value.Reveal()}")), Is.EqualTo(expected));
    }

    [TestCase("A=1\nhello\n", "TFC0261 2:1")]
    [TestCase("rm -rf /\n", "TFC0261 1:1")]
    [TestCase("=x\n", "TFC0262 1:1")]
    [TestCase("  1A=x\n", "TFC0262 1:3")]
    [TestCase("export A-B=x\n", "TFC0262 1:8")]
    [TestCase("A='x\nB=2\n", "TFC0261 1:3")]
    [TestCase("\nA=\"x\\\"\n", "TFC0261 2:3")]
    [TestCase("A=\"x\"y\nB\n", "TFC0261 1:6,TFC0261 2:1")]
    public void A_bad_line_is_a_located_problem(string text, string expected)
    {
        var problems = new List<Diagnostic>();

        DotEnvFile.Parse(text, ".env", ".env", problems);

        Assert.That(string.Join(",", TestApp.Marks(problems)), Is.EqualTo(expected));
    }

    [Test]
    public void A_good_line_after_a_bad_one_is_still_read()
    {
        IReadOnlyList<GivenValue> values = DotEnvFile.Parse("A\nB=2\n", ".env", ".env", []);

        Assert.That(values.Single().Name, Is.EqualTo("B"));
    }

    [Test]
    public void Problems_never_show_a_value()
    {
        var problems = new List<Diagnostic>();

        DotEnvFile.Parse("TOKEN 'hunter2'\nA=\"hunter2\" hunter2\nB='hunter2", ".env", ".env", problems);

        Assert.That(problems, Has.Count.EqualTo(3));
        Assert.That(problems.Select(problem => problem.Message + problem.Remedy), Has.None.Contains("hunter2"));
    }

    [Test, CancelAfter(10_000)]
    public void Random_text_never_throws()
    {
        var random = new Random(3);
        const string Letters = "AB= \n\t\"'\\#$x\r\0export é";
        for (int i = 0; i < 2000; i++)
        {
            string text = new([.. Enumerable.Range(0, random.Next(60)).Select(_ => Letters[random.Next(Letters.Length)])]);

            Assert.DoesNotThrow(() => DotEnvFile.Parse(text, ".env", ".env", []), text);
        }
    }
}
