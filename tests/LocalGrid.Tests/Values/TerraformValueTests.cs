using System.Text;
using TfgridCompose.LocalGrid.Values;

namespace TfgridCompose.LocalGrid.Tests.Values;

public sealed class TerraformValueTests
{
    [Test]
    public void Json_of_a_state_file_becomes_values()
    {
        object? value = Parse("""{"text":"a","yes":true,"no":false,"nothing":null,"list":[1,2.5],"map":{"k":"v"}}""");

        Assert.That(ValueTree.Same(value, new TerraformObject
        {
            ["text"] = "a",
            ["yes"] = true,
            ["no"] = false,
            ["nothing"] = null,
            ["list"] = new List<object?> { TerraformNumber.Of(1), TerraformNumber.Of(2.5) },
            ["map"] = new TerraformObject { ["k"] = "v" },
        }));
    }

    [TestCase("4", "4")]
    [TestCase("4.0", "4")]
    [TestCase("4e3", "4000")]
    [TestCase("0.25", "0.25")]
    [TestCase("-7", "-7")]
    [TestCase("12345678901234567890", "12345678901234567890")]
    public void Equal_numbers_have_one_form_however_they_are_written(string text, string expected)
    {
        var number = TerraformNumber.Parse(text);

        Assert.That(number.Text, Is.EqualTo(expected));
        Assert.That(number.ToString(), Is.EqualTo(expected));
    }

    [Test]
    public void A_fraction_as_a_whole_number_is_cut()
    {
        Assert.That((TerraformNumber.Of(2.9).IsWhole, TerraformNumber.Of(2.9).AsLong), Is.EqualTo((false, 2L)));
        Assert.That((TerraformNumber.Of(7).IsWhole, TerraformNumber.Of(7).AsLong), Is.EqualTo((true, 7L)));
    }

    [Test]
    public void Values_are_read_by_name_and_type()
    {
        var value = new TerraformObject
        {
            ["text"] = "a",
            ["number"] = TerraformNumber.Of(3),
            ["flag"] = true,
            ["blocks"] = new List<object?> { new TerraformObject { ["n"] = "1" }, "no block" },
            ["map"] = new TerraformObject(),
        };

        Assert.That((value.Text("text"), value.Text("number"), value.Text("x")), Is.EqualTo(("a", (string?)null, (string?)null)));
        Assert.That((value.Whole("number"), value.Whole("text")), Is.EqualTo((3L, (long?)null)));
        Assert.That((value.Flag("flag"), value.Flag("text")), Is.EqualTo((true, false)));
        Assert.That(value.Items("blocks"), Has.Count.EqualTo(2));
        Assert.That(value.Items("text"), Is.Empty);
        Assert.That(value.Blocks("blocks").Single().Text("n"), Is.EqualTo("1"));
        Assert.That(value.Map("map"), Is.Not.Null);
        Assert.That(value.Map("text"), Is.Null);
    }

    [Test]
    public void Values_are_compared_by_what_is_in_them()
    {
        Assert.That(ValueTree.Same(Parse("[1,{\"a\":[null,\"x\"]}]"), Parse("[1.0,{\"a\":[null,\"x\"]}]")));
        Assert.That(ValueTree.Same(null, null));
        string[] others =
        [
            "[1]",
            "[1,{\"a\":[null,\"y\"]}]",
            "[1,{\"b\":[null,\"x\"]}]",
            "[1,{\"a\":[null,\"x\"],\"b\":1}]",
            "[2,{\"a\":[null,\"x\"]}]",
            "null",
            "\"x\"",
        ];
        foreach (string other in others)
        {
            Assert.That(ValueTree.Same(Parse("[1,{\"a\":[null,\"x\"]}]"), Parse(other)), Is.False, other);
            Assert.That(ValueTree.Same(Parse(other), Parse("[1,{\"a\":[null,\"x\"]}]")), Is.False, other);
        }
    }

    [Test]
    public void A_copy_is_equal_and_shares_nothing()
    {
        var value = (TerraformObject)Parse("""{"list":[{"a":1}]}""")!;

        var copy = (TerraformObject)ValueTree.Copy(value)!;
        copy.Blocks("list").Single()["a"] = "changed";
        copy.Items("list").Add("more");

        Assert.That(ValueTree.Same(value, Parse("""{"list":[{"a":1}]}""")));
    }

    [Test]
    public void Unknown_values_are_equal_with_the_same_refinement()
    {
        var refined = new UnknownValue(12, [1, 2]);

        Assert.That(refined, Is.EqualTo(new UnknownValue(12, [1, 2])));
        Assert.That(refined.GetHashCode(), Is.EqualTo(new UnknownValue(12, [1, 2]).GetHashCode()));
        Assert.That(refined, Is.Not.EqualTo(new UnknownValue(12, [1, 3])));
        Assert.That(refined, Is.Not.EqualTo(UnknownValue.Plain));
    }

    private static object? Parse(string json) => TerraformJson.Parse(Encoding.UTF8.GetBytes(json));
}
