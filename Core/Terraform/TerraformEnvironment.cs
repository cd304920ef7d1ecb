using TfgridCompose.Core.Grid;
using TfgridCompose.Core.State;

namespace TfgridCompose.Core.Terraform;

/// <summary>What Terraform finds in its environment. The mnemonic is here and nowhere else.</summary>
public static class TerraformEnvironment
{
    public static IReadOnlyDictionary<string, string?> For(GridName grid, TfgridHome home, string localGridPath, string? mnemonic)
    {
        var variables = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["TF_IN_AUTOMATION"] = "1",
            ["TF_INPUT"] = "0",
            ["CHECKPOINT_DISABLE"] = "1",
            ["TF_DATA_DIR"] = null,
            ["TF_WORKSPACE"] = null,
            ["TF_CLI_ARGS"] = null,
            ["MNEMONIC"] = mnemonic,
            ["NETWORK"] = grid.ProviderNetwork,
        };
        if (grid.IsLocal)
        {
            variables["TF_CLI_CONFIG_FILE"] = home.TerraformConfig;
            variables["TFGRID_LOCALGRID"] = localGridPath;
        }
        else
        {
            variables["TF_PLUGIN_CACHE_DIR"] = home.ProviderCache;
        }

        return variables;
    }
}
