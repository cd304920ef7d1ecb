using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Tools.Networks;

/// <summary>The grid's WireGuard configuration, reduced to what the deployment needs.</summary>
public sealed record WireguardConfig(string Text)
{
    /// <summary>The first line of our configurations; only files that start with it are ever removed.</summary>
    public static string Marker(string deploymentId) => $"# tfgrid-compose deployment {deploymentId}";

    /// <summary>
    /// Narrows AllowedIPs to the deployment's range, because grids also claim 100.64.0.0/16, which collides between
    /// deployments. DNS and hook lines are dropped: they would change this machine's resolver and run commands here.
    /// </summary>
    public static WireguardConfig Narrow(string gridConfig, string ipRange, string deploymentId)
    {
        IEnumerable<string> lines = gridConfig.Split('\n')
            .Select(line => line.Trim())
            .Where(line => line.Length > 0 && !IsDropped(KeyOf(line)))
            .Select(line => KeyOf(line) == "allowedips" ? $"AllowedIPs = {ipRange}" : line);
        string text = string.Join('\n', [Marker(deploymentId), .. lines, ""]);
        bool whole = new[] { "[Interface]", "[Peer]", "PrivateKey", "PublicKey", "Endpoint", "AllowedIPs", "Address" }
            .All(needed => text.Contains(needed, StringComparison.OrdinalIgnoreCase));
        return whole ? new WireguardConfig(text) : throw new DiagnosticException(
            ExitCode.Infrastructure,
            NetworkCodes.WireguardConfigBroken,
            "The output wg_config is not a complete WireGuard configuration (it needs Interface with PrivateKey and "
                + "Address, Peer with PublicKey, Endpoint and AllowedIPs).",
            "check `wg_config` in the pattern's outputs.tf: its value must be access_wg_config of the grid_network");
    }

    public override string ToString() => "WireguardConfig(***)";

    private static bool IsDropped(string key) =>
        key is "dns" or "preup" or "postup" or "predown" or "postdown" or "table" or "saveconfig";

    private static string KeyOf(string line) => line.Split('=', 2)[0].Trim().ToLowerInvariant();
}
