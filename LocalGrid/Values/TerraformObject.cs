namespace TfgridCompose.LocalGrid.Values;

/// <summary>
/// An object, a map or a block. Values anywhere in the tree are null, string, bool, <see cref="TerraformNumber"/>,
/// List of values, <see cref="TerraformObject"/> or <see cref="UnknownValue"/>.
/// </summary>
internal sealed class TerraformObject : Dictionary<string, object?>
{
    public TerraformObject()
    {
    }

    public TerraformObject(IEnumerable<KeyValuePair<string, object?>> items) : base(items)
    {
    }

    public string? Text(string name) => this.GetValueOrDefault(name) as string;

    public long? Whole(string name) => this.GetValueOrDefault(name) is TerraformNumber number ? number.AsLong : null;

    public bool Flag(string name) => this.GetValueOrDefault(name) is true;

    public List<object?> Items(string name) => this.GetValueOrDefault(name) as List<object?> ?? [];

    public IEnumerable<TerraformObject> Blocks(string name) => Items(name).OfType<TerraformObject>();

    public TerraformObject? Map(string name) => this.GetValueOrDefault(name) as TerraformObject;
}
