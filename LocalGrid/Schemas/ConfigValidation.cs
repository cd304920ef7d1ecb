using TfgridCompose.LocalGrid.Values;

namespace TfgridCompose.LocalGrid.Schemas;

/// <summary>Runs the schema's checks over a configuration. Unknown values are checked when they are known.</summary>
internal static class ConfigValidation
{
    public static IEnumerable<GridDiagnostic> Check(BlockSchema schema, TerraformObject config, params object[] path)
    {
        foreach (AttributeSchema attribute in schema.Attributes.Where(a => a.Check is not null))
        {
            foreach (GridDiagnostic problem in CheckValue(attribute, config.GetValueOrDefault(attribute.Name), [.. path, attribute.Name]))
            {
                yield return problem;
            }
        }

        foreach (GridDiagnostic problem in schema.Blocks.SelectMany(nested => CheckBlocks(nested, config, path)))
        {
            yield return problem;
        }
    }

    private static IEnumerable<GridDiagnostic> CheckBlocks(NestedBlockSchema nested, TerraformObject config, object[] path) =>
        config.Items(nested.Name).SelectMany((item, index) => item is TerraformObject block
            ? Check(nested.Block, block, [.. path, nested.Name, index])
            : []);

    private static IEnumerable<GridDiagnostic> CheckValue(AttributeSchema attribute, object? value, object[] path) => value switch
    {
        null or UnknownValue => [],
        List<object?> list => list.SelectMany((item, index) => CheckValue(attribute, item, [.. path, index])),
        _ => attribute.Check?.Invoke(attribute.Name, value) is { } problem
            ? [GridDiagnostic.Error($"Invalid {attribute.Name}", problem, path)]
            : [],
    };
}
