using TfgridCompose.Core.Plugins.FolderPatterns;

namespace TfgridCompose.Core.Tests.Plugins.FolderPatterns;

public sealed class TerraformBlockTests
{
    [Test]
    public void Variables_and_outputs_are_found_with_their_defaults_and_places()
    {
        const string Text = """
            variable "a" { type = string }
            variable "b" {
              type    = object({ default = string })
              default = null
            }
              output "o" { value = var.a }
            locals { variable = "x" }
            """;

        Assert.That(Scan(Text), Is.EqualTo("variable a 1:1, variable b=default 2:1, output o 6:3"));
    }

    [TestCase("# variable \"x\" {}\n// output \"y\" {}\n/* variable \"z\" {\n} */")]
    [TestCase("locals { a = \"variable \\\"x\\\" {}\" }")]
    [TestCase("locals {\n a = <<EOT\nvariable \"x\" {}\nEOT\n}")]
    [TestCase("locals {\n a = <<-EOT\n  }\n  output \"x\" {}\n  EOT\n}")]
    [TestCase("locals { a = \"${join(\"}\", [\"variable\"])} {\" }")]
    [TestCase("resource \"x\" \"y\" { variable \"z\" {} }")]
    public void What_only_looks_like_one_is_none(string text) => Assert.That(Scan(text), Is.Empty);

    [TestCase("variable \"a\" {\n validation { default = 1 }\n}", TestName = "A_default_of_a_nested_block_is_not_the_variables")]
    [TestCase("variable \"a\" {\n # default = 1\n}", TestName = "A_default_in_a_comment_is_none")]
    [TestCase("variable \"a\" {}\nresource \"x\" \"y\" { default = 1 }", TestName = "Another_blocks_default_is_not_the_variables")]
    [TestCase("variable \"a\" {}\nlocals { default = 1 }", TestName = "A_local_named_default_is_not_the_variables")]
    [TestCase("variable \"a\" {\n description = \"default = 1\"\n}", TestName = "A_default_in_a_text_is_none")]
    public void A_variable_without_a_default_stays_one(string text) => Assert.That(Scan(text), Is.EqualTo("variable a 1:1"));

    [TestCase("variable \"")]
    [TestCase("variable \"a\" { x = \"${")]
    [TestCase("x = <<EOT\nnever ends")]
    [TestCase("/* never ends")]
    [TestCase("x = \"\\")]
    [TestCase("x = <<")]
    public void Text_that_is_cut_off_comes_to_an_end(string text) => Assert.That(() => Scan(text), Throws.Nothing);

    [TestCase("x = ", "\"${", "")]
    [TestCase("", "a {\n", "")]
    [TestCase("x = ", "[", "]")]
    public void Nesting_without_end_comes_to_an_end(string before, string opens, string closes) => Assert.That(
        () => Scan(before
            + string.Concat(Enumerable.Repeat(opens, 200_000))
            + string.Concat(Enumerable.Repeat(closes, 200_000))), Throws.Nothing);

    private static string Scan(string text) => string.Join(", ", TerraformBlock.Of(text, "main.tf")
        .Select(block => $"{block.Kind} {block.Name}{(block.HasDefault ? "=default" : "")} {block.Location.Line}:{block.Location.Column}"));
}
