using TfgridCompose.LocalGrid.Schemas;
using TfgridCompose.LocalGrid.Values;

namespace TfgridCompose.LocalGrid.Tests.Schemas;

public sealed class ObjectShapeTests
{
    private static readonly BlockSchema Inner = BlockSchema.Of(
        [
            SchemaWords.Text("name", SchemaWords.Required),
            SchemaWords.Number("cpu", SchemaWords.Optional, 1),
            SchemaWords.Text("ip", SchemaWords.Computed),
        ]);

    private static readonly BlockSchema Schema = BlockSchema.Of(
        [SchemaWords.Text("id", SchemaWords.OptionalComputed), SchemaWords.Flag("on", SchemaWords.Optional, true)],
        new NestedBlockSchema("vms", Inner),
        new NestedBlockSchema("timeouts", BlockSchema.Of([SchemaWords.Text("create", SchemaWords.Optional)])) { Single = true });

    [Test]
    public void An_object_gets_exactly_the_names_of_its_schema()
    {
        var vm = new TerraformObject { ["name"] = "one", ["of_an_older_build"] = true };

        TerraformObject conformed = ObjectShape.Conform(Schema, new TerraformObject
        {
            ["gone"] = "x",
            ["vms"] = new List<object?> { vm, UnknownValue.Plain },
            ["timeouts"] = new TerraformObject { ["create"] = "5m", ["gone"] = "x" },
        });

        Assert.That(ValueTree.Same(conformed, new TerraformObject
        {
            ["id"] = null,
            ["on"] = null,
            ["vms"] = new List<object?> { new TerraformObject { ["name"] = "one", ["cpu"] = null, ["ip"] = null }, UnknownValue.Plain },
            ["timeouts"] = new TerraformObject { ["create"] = "5m" },
        }));
    }

    [Test]
    public void Blocks_that_are_left_out_are_an_empty_list_or_nothing()
    {
        TerraformObject conformed = ObjectShape.Conform(Schema, []);

        Assert.That(conformed["vms"], Is.EqualTo(new List<object?>()));
        Assert.That(conformed["timeouts"], Is.Null);
    }

    [Test]
    public void What_is_left_out_gets_its_default_also_in_blocks()
    {
        TerraformObject value = ObjectShape.Conform(Schema, new TerraformObject
        {
            ["vms"] = new List<object?> { new TerraformObject(), new TerraformObject { ["cpu"] = TerraformNumber.Of(3) } },
        });

        ObjectShape.ApplyDefaults(Schema, value);

        Assert.That(value["on"], Is.True);
        Assert.That(value["id"], Is.Null);
        Assert.That(value.Blocks("vms").Select(vm => vm["cpu"]), Is.EqualTo(new object[] { TerraformNumber.Of(1), TerraformNumber.Of(3) }));
    }

    [Test]
    public void Computed_values_that_nobody_set_are_unknown_also_in_blocks()
    {
        TerraformObject value = ObjectShape.Conform(Schema, new TerraformObject
        {
            ["vms"] = new List<object?> { new TerraformObject { ["ip"] = "10.1.2.2" }, new TerraformObject() },
        });

        ObjectShape.MarkUnknown(Schema, value);

        Assert.That(value["id"], Is.EqualTo(UnknownValue.Plain));
        Assert.That(value["on"], Is.Null);
        Assert.That(value.Blocks("vms").Select(vm => vm["ip"]), Is.EqualTo(new object[] { "10.1.2.2", UnknownValue.Plain }));
        Assert.That(value.Blocks("vms").Select(vm => vm["name"]), Is.All.Null);
    }
}
