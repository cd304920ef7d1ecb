using System.Text.Json;
using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Control;

internal sealed record MissingTool(string Tool, string Package, string Why);

internal sealed record RequirementProblem(string Message, string Remedy);

/// <summary>What this computer lacks for a local grid.</summary>
internal sealed record Requirements(IReadOnlyList<MissingTool> Missing, IReadOnlyList<RequirementProblem> Problems)
{
    private static readonly string[] Directories =
        ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    private static readonly MissingTool[] Always =
    [
        new("systemd-nspawn", "systemd-container", "runs the machines"),
        new("ip", "iproute2", "makes their networks"),
        new("nft", "nftables", "separates networks and lets machines reach the internet"),
        new("wg", "wireguard-tools", "makes keys and the access point of a network"),
        new("ssh-keygen", "openssh-client", "makes the machines' host keys"),
        new("mkfs.ext4", "e2fsprogs", "formats disks"),
        new("gpgv", "gpgv", "checks the packages that machines share"),
        new("setsid", "util-linux", "starts machines"),
        new("mount", "mount", "mounts disks"),
    ];

    private static readonly MissingTool ImageBuilder = new("mmdebstrap", "mmdebstrap", "builds the base image, once");

    private static readonly MissingTool UserSpaceWireGuard =
        new("wireguard-go", "wireguard-go", "provides WireGuard, which this kernel lacks");

    public static Requirements Check(WorldPaths paths, Computer computer)
    {
        IEnumerable<MissingTool> wanted =
        [
            .. Always,
            .. HasImage(paths) ? Array.Empty<MissingTool>() : [ImageBuilder],
            .. Directory.Exists(computer.At("/sys/module/wireguard")) ? Array.Empty<MissingTool>() : [UserSpaceWireGuard],
        ];
        return new Requirements([.. wanted.Where(tool => !Exists(computer, tool.Tool))], [.. ProblemsOf(computer)]);
    }

    public string ToJson() => JsonSerializer.Serialize(this, ControlJson.Default.Requirements);

    private static bool HasImage(WorldPaths paths) => Directory.Exists(paths.Images)
        && Directory.GetDirectories(paths.Images).Any(image => !image.EndsWith(".tmp", StringComparison.Ordinal));

    private static IEnumerable<RequirementProblem> ProblemsOf(Computer computer)
    {
        if (computer.Variable(MachineProfile.Variable) is { Length: > 0 } profile && !MachineProfile.IsKnown(profile))
        {
            yield return new RequirementProblem(
                $"{MachineProfile.Variable} is \"{Words.Shown(profile)}\", which is no profile of machines",
                $"set it to {MachineProfile.Usual} or {MachineProfile.Harsh}, or unset it");
        }

        if (!OperatingSystem.IsLinux())
        {
            yield return new RequirementProblem(
                "the local grid runs on Linux only", "use a Linux computer, or a paid grid with --grid main");
        }
        else if (!computer.Kernel.IsRoot && !CanSudo(computer))
        {
            yield return new RequirementProblem(
                "the local grid needs root, and sudo -n is refused", SudoAdvice.For(computer.Program));
        }
    }

    private static bool CanSudo(Computer computer) =>
        computer.Tools.Try(["sudo", "-n", "--", computer.Program, "version"]).ExitCode == 0;

    private static bool Exists(Computer computer, string tool) => Directories.Concat(computer.SearchPath)
        .Any(directory => File.Exists(Path.Combine(computer.At(directory), tool)));
}
