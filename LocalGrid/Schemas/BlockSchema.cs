namespace TfgridCompose.LocalGrid.Schemas;

internal sealed record BlockSchema(AttributeSchema[] Attributes, NestedBlockSchema[] Blocks)
{
    public static BlockSchema Of(AttributeSchema[] attributes, params NestedBlockSchema[] blocks) =>
        new(attributes, blocks);

    /// <summary>Every resource and data source has an id.</summary>
    public BlockSchema WithId() => this with
    {
        Attributes = [new("id", AttributeType.Text, AttributeUse.OptionalComputed), .. Attributes],
    };

    /// <summary>The Go SDK adds this block if a resource declares timeouts. The local grid accepts them and ignores them.</summary>
    public BlockSchema WithCreateTimeout() => this with
    {
        Blocks =
        [
            .. Blocks,
            new NestedBlockSchema("timeouts", Of([new("create", AttributeType.Text, AttributeUse.Optional)])) { Single = true },
        ],
    };
}
