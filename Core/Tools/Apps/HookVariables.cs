using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tools.Apps;

/// <summary>
/// The deployment's facts as environment variables of hooks, under the names that existing apps read.
/// </summary>
public static class HookVariables
{
    public static IReadOnlyList<KeyValuePair<string, string>> Facts(
        DeploymentRecord record, RecordedHost host, Manifest manifest, string? domain)
    {
        RecordedHost primary = record.Hosts[0];
        string wireguard = AddressOn(host, "wireguard");
        string mycelium = AddressOn(host, "mycelium");
        return
        [
            new("APP_NAME", record.AppName),
            new("APP_VERSION", record.AppVersion),
            new("DEPLOYMENT_ID", record.Id),
            new("TFGRID_DEPLOYMENT_ID", record.Id),
            new("PRIMARY_IP", record.Outputs?.PrimaryIp ?? ""),
            new("PRIMARY_IP_TYPE", record.Outputs?.PrimaryIpType ?? ""),
            new("VM_IP", host.SshAddress ?? primary.SshAddress ?? ""),
            new("TFGRID_HOST", host.Name),
            new("TFGRID_ROLE", host.Role),
            new("TFGRID_WIREGUARD_IP", wireguard),
            new("TFGRID_MYCELIUM_IP", mycelium),
            new("TFGRID_PUBLIC_IPV4", AddressOn(host, "ipv4")),
            new(
                "DEPLOYMENT_NETWORK_PREFERENCE",
                string.Join(',', manifest.Network.Prefer.Select(kind => kind.ManifestName()))),
            new("TFGRID_DOMAIN", domain ?? ""),
        ];
    }

    private static string AddressOn(RecordedHost host, string network) =>
        host.Addresses.FirstOrDefault(address => address.Network == network)?.Ip ?? "";
}
