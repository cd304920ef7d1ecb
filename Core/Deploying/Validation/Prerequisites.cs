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
    public static IReadOnlyList<Diagnostic> Missing(
        Surroundings here, GridName grid, IReadOnlyList<HostSpec> hosts, TerraformTool? terraform) =>
        Missing(here, grid, hosts, terraform, new HostSystem());

    internal static IReadOnlyList<Diagnostic> Missing(
        Surroundings here, GridName grid, IReadOnlyList<HostSpec> hosts, TerraformTool? terraform, HostSystem system)
    {
        NetworkKind[] networks = [.. hosts.SelectMany(host => host.Networks).Distinct()];
        bool wireguard = networks.Contains(NetworkKind.Wireguard);
        return
        [
            .. terraform is null ? [TerraformTool.Missing] : Array.Empty<Diagnostic>(),
            .. Lacking(here, "ansible-playbook", PhaseCodes.NoAnsible, "ansible-core"),
            .. Lacking(here, "ssh", PhaseCodes.NoSsh, "openssh-client"),
            .. wireguard ? Lacking(here, "wg-quick", PhaseCodes.NoWireguard, "wireguard-tools") : [],
            .. wireguard && system.IsLinux && !system.HasWireguard
                ? Lacking(here, "wireguard-go", PhaseCodes.NoWireguard, "wireguard-go")
                : [],
            .. wireguard && !here.IsRoot ? Lacking(here, "sudo", PhaseCodes.NoSudo, "sudo") : [],
            .. When(
                networks.Contains(NetworkKind.Mycelium) && !grid.IsLocal && !system.HasMyceliumRoute,
                PhaseCodes.NoMycelium,
                "The deployment is reached over Mycelium, and this machine has no route to 400::/7.",
                "install and start Mycelium: https://github.com/threefoldtech/mycelium"),
            .. When(
                grid.IsLocal && !system.IsLinux,
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
}
