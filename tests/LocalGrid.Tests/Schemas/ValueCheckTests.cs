using TfgridCompose.LocalGrid.Schemas;
using TfgridCompose.LocalGrid.Values;

namespace TfgridCompose.LocalGrid.Tests.Schemas;

/// <summary>The real provider's checks, in its words.</summary>
public sealed class ValueCheckTests
{
    private static IEnumerable<TestCaseData> Accepted =>
    [
        Case(ValueChecks.Name, "a_B9"),
        Case(ValueChecks.Gpu, "0000:28:00.0/1002/731f"),
        Case(ValueChecks.NotEmpty, "x"),
        Case(ValueChecks.IpAddress, "10.1.2.3"),
        Case(ValueChecks.IpAddress, "fd00::1"),
        Case(ValueChecks.Slash16Network, "10.1.0.0/16"),
        Case(ValueChecks.Url("wss"), "wss://relay"),
        Case(ValueChecks.OneOf("dev", "main"), "main"),
        Case(ValueChecks.Between(1, 32), TerraformNumber.Of(1)),
        Case(ValueChecks.Between(1, 32), TerraformNumber.Of(32)),
    ];

    private static IEnumerable<TestCaseData> Refused =>
    [
        Case(ValueChecks.Name, "a-b", "invalid value for it (must only include alphanumeric and underscore characters), got \"a-b\""),
        Case(ValueChecks.Gpu, "x", "invalid value for it (not a valid gpu id), got \"x\""),
        Case(ValueChecks.NotEmpty, "", "expected \"it\" to not be an empty string"),
        Case(ValueChecks.IpAddress, "10.1.2", "expected it to contain a valid IP, got: 10.1.2"),
        Case(ValueChecks.IpAddress, "host", "expected it to contain a valid IP, got: host"),
        Case(
            ValueChecks.Slash16Network,
            "10.1.0.0/24",
            "expected \"it\" to contain a network Value with between 16 and 16 significant bits, got: 24"),
        Case(
            ValueChecks.Slash16Network,
            "10.1.0.0",
            "expected it to contain a valid network address in CIDR form (for example 10.1.0.0/16), got: 10.1.0.0"),
        Case(
            ValueChecks.Slash16Network,
            "fd00::/16",
            "expected it to contain a valid network address in CIDR form (for example 10.1.0.0/16), got: fd00::/16"),
        Case(ValueChecks.Url("wss"), "ws://relay", "expected \"it\" to have a url with schema of: \"wss\", got ws://relay"),
        Case(ValueChecks.OneOf("dev", "main"), "prod", "expected it to be one of [\"dev\" \"main\"], got prod"),
        Case(ValueChecks.Between(1, 32), TerraformNumber.Of(0), "expected it to be in the range (1 - 32), got 0"),
        Case(ValueChecks.Between(1, 32), TerraformNumber.Of(33), "expected it to be in the range (1 - 32), got 33"),
        Case(ValueChecks.Between(1, 32), TerraformNumber.Of(1.5), "expected it to be in the range (1 - 32), got 1.5"),
    ];

    [TestCaseSource(nameof(Accepted))]
    public void What_the_real_provider_accepts_is_accepted(object check, object value) =>
        Assert.That(((ValueCheck)check)("it", value), Is.Null);

    [TestCaseSource(nameof(Refused))]
    public void What_the_real_provider_refuses_is_refused_in_its_words(object check, object value, string message) =>
        Assert.That(((ValueCheck)check)("it", value), Is.EqualTo(message));

    [Test]
    public void Each_item_of_a_list_is_checked_at_its_place()
    {
        var schema = BlockSchema.Of([SchemaWords.Texts("gpus", SchemaWords.Optional, ValueChecks.Gpu)]);
        var config = new TerraformObject { ["gpus"] = new List<object?> { "0:1/a/b", UnknownValue.Plain, "bad" } };

        GridDiagnostic problem = ConfigValidation.Check(schema, config).Single();

        Assert.That((problem.Summary, problem.Path), Is.EqualTo(("Invalid gpus", new object[] { "gpus", 2 })));
    }

    [Test]
    public void Blocks_in_blocks_are_checked_at_their_place()
    {
        var inner = BlockSchema.Of([SchemaWords.Text("name", SchemaWords.Required, check: ValueChecks.Name)]);
        var schema = BlockSchema.Of([], new NestedBlockSchema("outer", BlockSchema.Of([], new NestedBlockSchema("inner", inner))));
        var bad = new TerraformObject { ["name"] = "-" };
        var config = new TerraformObject
        {
            ["outer"] = new List<object?> { UnknownValue.Plain, new TerraformObject { ["inner"] = new List<object?> { bad } } },
        };

        Assert.That(ConfigValidation.Check(schema, config).Single().Path, Is.EqualTo(new object[] { "outer", 1, "inner", 0, "name" }));
    }

    private static TestCaseData Case(ValueCheck check, params object[] more) =>
        new TestCaseData([check, .. more]).SetArgDisplayNames([.. more.Select(each => $"{each}")]);
}
