namespace TfgridCompose.LocalGrid.Schemas;

/// <summary>A list of blocks in a block; <paramref name="Max"/> 0 means any number. A single one is nullable.</summary>
internal sealed record NestedBlockSchema(string Name, BlockSchema Block, int Min = 0, int Max = 0)
{
    public bool Single { get; init; }
}
