using TfgridCompose.LocalGrid.Networks;

namespace TfgridCompose.LocalGrid.Machines;

/// <summary>
/// What cloud-init leaves in a machine. A node gives its machines a disk for cloud-init, with addresses, name servers, mounts and keys;
/// the image's cloud-init turns it into files.
/// </summary>
internal static class CloudInit
{
    public const string NetworkFile = "etc/netplan/50-cloud-init.yaml";

    /// <summary>The name servers are on the first interface.</summary>
    public static string Network(IReadOnlyList<VmInterface> interfaces, IReadOnlyList<string> nameservers) =>
        "network:\n  version: 2\n  ethernets:\n"
        + string.Concat(interfaces.Select((each, index) => Ethernet(each, index == 0 ? nameservers : [])));

    /// <summary>Files that say that it has run: path and content.</summary>
    public static IEnumerable<(string Path, string Content)> Traces(string instance) =>
    [
        ("var/lib/cloud/data/instance-id", $"{instance}\n"),
        ("var/lib/cloud/data/previous-instance-id", "NO_PREVIOUS_INSTANCE_ID\n"),
        ("var/lib/cloud/instance/boot-finished", "0.00 - cloud-init finished\n"),
    ];

    private static string Ethernet(VmInterface each, IReadOnlyList<string> nameservers) =>
        $"    {each.Name}:\n      match: {{macaddress: \"{each.Mac}\"}}\n      dhcp4: false\n      addresses: [{Quoted(each.Addresses)}]\n"
        + (nameservers.Count == 0 ? "" : $"      nameservers: {{addresses: [{Quoted(nameservers)}]}}\n");

    private static string Quoted(IEnumerable<string> addresses) => string.Join(", ", addresses.Select(address => $"\"{address}\""));
}
