using TfgridCompose.LocalGrid.Schemas;
using TfgridCompose.LocalGrid.Values;

namespace TfgridCompose.LocalGrid.Provider;

internal static class ProviderConfig
{
    /// <summary>Fills in what the environment says, like the real provider, and checks all of it.</summary>
    public static IReadOnlyList<GridDiagnostic> Prepare(TerraformObject config)
    {
        foreach (var (attribute, variable, fallback) in ProviderConfigSchema.Environment)
        {
            var text = Environment.GetEnvironmentVariable(variable) is { Length: > 0 } set ? set : fallback;
            if (config.GetValueOrDefault(attribute) is null && text is not null)
            {
                config[attribute] = attribute == "rmb_timeout" ? TerraformNumber.Parse(text) : text;
            }
        }

        return [.. ConfigValidation.Check(ProviderConfigSchema.Block, config)];
    }
}
