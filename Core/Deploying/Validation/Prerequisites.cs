using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Core.Tools.Terraform;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Deploying.Validation;

/// <summary>The tools that this deployment uses, and only those; each with the command that installs it.</summary>
public static class Prerequisites
{
    private const string MyceliumInterfaceRoute = "04000000000000000000000000000000 07";
    private const string RouteTable = "/proc/net/ipv6_route";

    public static IReadOnlyList<Diagnostic> Missing(
        Surroundings here, GridName grid, IReadOnlyList<HostSpec> hosts, TerraformTool? terraform)
    {
        NetworkKind[] networks = [.. hosts.SelectMany(host => host.Networks).Distinct()];
        bool wireguard = networks.Contains(NetworkKind.Wireguard);
        return
        [
            .. terraform is null ? [TerraformTool.Missing] : Array.Empty<Diagnostic>(),
            .. Lacking(here, "ansible-playbook", PhaseCodes.NoAnsible, "ansible-core"),
            .. Lacking(here, "ssh", PhaseCodes.NoSsh, "openssh-client"),
            .. wireguard ? Lacking(here, "wg-quick", PhaseCodes.NoWireguard, "wireguard-tools") : [],
            .. wireguard && OperatingSystem.IsLinux() && !KernelHasWireguard()
                ? Lacking(here, "wireguard-go", PhaseCodes.NoWireguard, "wireguard-go")
                : [],
            .. wireguard && !here.IsRoot ? Lacking(here, "sudo", PhaseCodes.NoSudo, "sudo") : [],
            .. When(
                networks.Contains(NetworkKind.Mycelium) && !grid.IsLocal && !HasMycelium(),
                PhaseCodes.NoMycelium,
                "The deployment is reached over Mycelium, and this machine has no route to 400::/7.",
                "install and start Mycelium: https://github.com/threefoldtech/mycelium"),
            .. When(
                grid.IsLocal && !OperatingSystem.IsLinux(),
                PhaseCodes.NotOnThisSystem,
                "The local grid makes Linux machines and runs on Linux only.",
                "use --grid main, test, qa or dev"),
        ];
    }

    private static Diagnostic[] When(bool missing, string code, string message, string remedy) =>
        missing ? [Diagnostic.Error(code, message, remedy)] : [];

    private static Diagnostic[] Lacking(Surroundings here, string program, string code, string package)
    {
        string install = OperatingSystem.IsMacOS() ? $"brew install {package}" : $"sudo apt-get install {package}";
        return When(ExecutablePath.Find(program, here.Path) is null, code, $"{program} is not installed.", install);
    }

    private static bool KernelHasWireguard()
    {
        string modules = Path.Combine("/lib/modules", File.ReadAllText("/proc/sys/kernel/osrelease").Trim());
        return Directory.Exists("/sys/module/wireguard")
            || new[] { "modules.builtin", "modules.dep" }
                .Select(name => Path.Combine(modules, name))
                .Any(list => File.Exists(list)
                    && File.ReadLines(list).Any(line => line.Contains("/wireguard.ko", StringComparison.Ordinal)));
    }

    private static bool HasMycelium() =>
        !File.Exists(RouteTable)
            || File.ReadLines(RouteTable)
                .Any(line => line.StartsWith(MyceliumInterfaceRoute, StringComparison.Ordinal));
}
