using TfgridCompose.LocalGrid.Schemas;
using TfgridCompose.LocalGrid.Values;

namespace TfgridCompose.LocalGrid.Provider;

internal static class ProviderConfig
{
    /// <summary>Fills in values of the environment, like the real provider, and checks everything.</summary>
    public static IReadOnlyList<GridDiagnostic> Prepare(TerraformObject config) => Prepare(config, Environment.GetEnvironmentVariable);

    public static IReadOnlyList<GridDiagnostic> Prepare(TerraformObject config, Func<string, string?> environment)
    {
        foreach ((string attribute, string variable, string? fallback) in ProviderConfigSchema.Environment)
        {
            string? text = environment(variable) is { Length: > 0 } set ? set : fallback;
            if (config.GetValueOrDefault(attribute) is null && text is not null)
            {
                config[attribute] = attribute == "rmb_timeout" ? TerraformNumber.Parse(text) : text;
            }
        }

        return [.. ConfigValidation.Check(ProviderConfigSchema.Block, config)];
    }
}
