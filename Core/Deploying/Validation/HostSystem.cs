using TfgridCompose.Core.Foundation.Files;

namespace TfgridCompose.Core.Deploying.Validation;

/// <summary>This machine's operating system, as far as a deployment depends on it.</summary>
internal sealed record HostSystem
{
    private const string MyceliumRoute = "04000000000000000000000000000000 07";
    private const string ModuleFile = "/wireguard.ko";

    public bool IsLinux { get; init; } = OperatingSystem.IsLinux();

    /// <summary>The kernel's table of IPv6 routes. If there is none, Mycelium is assumed to be available.</summary>
    public string RouteTable { get; init; } = "/proc/net/ipv6_route";

    /// <summary>Whether there is a route to 400::/7.</summary>
    public bool HasMyceliumRoute => !File.Exists(RouteTable)
        || PlainFile.ReadLines(RouteTable).Any(line => line.StartsWith(MyceliumRoute, StringComparison.Ordinal));

    /// <summary>Whether the kernel has WireGuard, built in, loaded or as a module to load.</summary>
    public bool HasWireguard => Directory.Exists("/sys/module/wireguard") || ModuleLists().Any(ListsWireguard);

    private static IEnumerable<string> ModuleLists()
    {
        string modules = Path.Combine("/lib/modules", PlainFile.ReadText("/proc/sys/kernel/osrelease").Trim());
        return new[] { "modules.builtin", "modules.dep" }
            .Select(name => Path.Combine(modules, name))
            .Where(File.Exists);
    }

    private static bool ListsWireguard(string list) =>
        PlainFile.ReadLines(list).Any(line => line.Contains(ModuleFile, StringComparison.Ordinal));
}
