using TfgridCompose.LocalGrid.Values;

namespace TfgridCompose.LocalGrid.Schemas;

/// <summary>Gives objects the shape that Terraform expects for a schema.</summary>
internal static class ObjectShape
{
    /// <summary>Terraform expects exactly the schema's names. A missing one becomes null or an empty list.</summary>
    public static TerraformObject Conform(BlockSchema schema, TerraformObject value)
    {
        var result = new TerraformObject();
        foreach (AttributeSchema attribute in schema.Attributes)
        {
            result[attribute.Name] = value.GetValueOrDefault(attribute.Name);
        }

        foreach (NestedBlockSchema nested in schema.Blocks)
        {
            result[nested.Name] = ConformNested(nested, value.GetValueOrDefault(nested.Name));
        }

        return result;
    }

    private static object? ConformNested(NestedBlockSchema nested, object? value) => value switch
    {
        List<object?> list => list.Select(item => item is TerraformObject block ? Conform(nested.Block, block) : item).ToList(),
        TerraformObject block => Conform(nested.Block, block),
        _ => nested.Single ? null : new List<object?>(),
    };

    /// <summary>Attributes that the configuration leaves out get the schema's default.</summary>
    public static void ApplyDefaults(BlockSchema schema, TerraformObject value) => Visit(schema, value, static (attribute, owner) =>
    {
        if (attribute.Default is not null && owner[attribute.Name] is null)
        {
            owner[attribute.Name] = attribute.Default;
        }
    });

    /// <summary>A computed attribute without a value is known after apply. References to null would be null.</summary>
    public static void MarkUnknown(BlockSchema schema, TerraformObject value) => Visit(schema, value, static (attribute, owner) =>
    {
        if (attribute.IsComputed && owner[attribute.Name] is null)
        {
            owner[attribute.Name] = UnknownValue.Plain;
        }
    });

    private static void Visit(BlockSchema schema, TerraformObject value, Action<AttributeSchema, TerraformObject> action)
    {
        foreach (AttributeSchema attribute in schema.Attributes)
        {
            action(attribute, value);
        }

        foreach (NestedBlockSchema nested in schema.Blocks)
        {
            foreach (TerraformObject block in value.Blocks(nested.Name))
            {
                Visit(nested.Block, block, action);
            }
        }
    }
}
