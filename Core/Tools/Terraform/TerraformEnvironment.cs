using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tools.Grid;

namespace TfgridCompose.Core.Tools.Terraform;

/// <summary>Terraform's environment variables, the only place that gets the mnemonic.</summary>
public static class TerraformEnvironment
{
    public static IReadOnlyDictionary<string, string?> For(
        GridName grid, TfgridHome home, string localGridPath, string? mnemonic)
    {
        Dictionary<string, string?> variables = Common();
        // Releases up to 1.11.1 read the one with an S, later builds the other: terraform-provider-grid, internal/provider/provider.go.
        variables["MNEMONICS"] = mnemonic;
        variables["MNEMONIC"] = mnemonic;
        variables["NETWORK"] = grid.ProviderNetwork;
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

    /// <summary>For reading and writing a whole state, which starts no provider.</summary>
    /// <param name="encryption">The value of OpenTofu's TF_ENCRYPTION, or null.</param>
    public static IReadOnlyDictionary<string, string?> ForState(string? encryption)
    {
        Dictionary<string, string?> variables = Common();
        variables["TF_ENCRYPTION"] = encryption;
        return variables;
    }

    private static Dictionary<string, string?> Common() => new(StringComparer.Ordinal)
    {
        ["TF_IN_AUTOMATION"] = "1",
        ["TF_INPUT"] = "0",
        ["CHECKPOINT_DISABLE"] = "1",
    };
}
