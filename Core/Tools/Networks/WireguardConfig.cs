using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Tools.Networks;

/// <summary>The grid's WireGuard configuration, reduced to what the deployment needs.</summary>
public sealed record WireguardConfig(string Text)
{
    /// <summary>The first line of our configurations; only files that start with it are ever removed.</summary>
    public static string Marker(string deploymentId) => $"# tfgrid-compose deployment {deploymentId}";

    /// <summary>
    /// Reads the configuration and writes it again with the known keys only: wg-quick runs as root, and other keys hold
    /// commands, DNS and routes that the deployment does not need. AllowedIPs becomes the deployment's range, because grids
    /// also claim 100.64.0.0/16, which collides between deployments; Address becomes a single one.
    /// </summary>
    public static WireguardConfig Narrow(string gridConfig, string ipRange, string deploymentId)
    {
        (IReadOnlyList<WireguardSection> sections, string? problem) = WireguardSection.Read(gridConfig, ipRange);
        return problem is null
            ? new WireguardConfig(string.Join('\n', [Marker(deploymentId), .. sections.SelectMany(section => section.Lines), ""]))
            : throw new DiagnosticException(
                ExitCode.Infrastructure,
                NetworkCodes.WireguardConfigBroken,
                $"The output wg_config is not a complete WireGuard configuration: {problem}.",
                "check `wg_config` in the pattern's outputs.tf: its value must be access_wg_config of the grid_network");
    }

    public override string ToString() => "WireguardConfig(***)";
}
