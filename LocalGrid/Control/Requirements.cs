using System.Text.Json;
using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Control;

internal sealed record MissingTool(string Tool, string Package, string Why);

internal sealed record RequirementProblem(string Message, string Remedy);

/// <summary>What this machine lacks for a local grid.</summary>
internal sealed record Requirements(IReadOnlyList<MissingTool> Missing, IReadOnlyList<RequirementProblem> Problems)
{
    private static readonly string[] Directories = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    private static readonly MissingTool[] Always =
    [
        new("systemd-nspawn", "systemd-container", "runs the machines"),
        new("ip", "iproute2", "makes their networks"),
        new("nft", "nftables", "separates networks and lets machines reach the internet"),
        new("wg", "wireguard-tools", "makes keys and the access point of a network"),
        new("ssh-keygen", "openssh-client", "makes the machines' host keys"),
        new("mkfs.ext4", "e2fsprogs", "formats disks"),
        new("setsid", "util-linux", "starts machines"),
        new("mount", "mount", "mounts disks"),
    ];

    public static Requirements Check(WorldPaths paths)
    {
        var wanted = Always.ToList();
        if (!Directory.Exists(paths.Images)
            || Directory.GetDirectories(paths.Images).All(d => d.EndsWith(".tmp", StringComparison.Ordinal)))
        {
            wanted.Add(new MissingTool("mmdebstrap", "mmdebstrap", "builds the base image, once"));
        }

        if (!Directory.Exists("/sys/module/wireguard"))
        {
            wanted.Add(new MissingTool("wireguard-go", "wireguard-go", "is WireGuard for kernels without it"));
        }

        return new Requirements([.. wanted.Where(tool => !Exists(tool.Tool))], [.. Problem()]);
    }

    public string ToJson() => JsonSerializer.Serialize(this, ControlJson.Default.Requirements);

    private static IEnumerable<RequirementProblem> Problem()
    {
        if (!OperatingSystem.IsLinux())
        {
            yield return new RequirementProblem(
                "the local grid runs on Linux only",
                "use a Linux machine, or a paid grid with --grid main");
        }
        else if (!Libc.IsRoot)
        {
            var self = Environment.ProcessPath ?? "tfgrid-localgrid";
            if (Tool.Try(["sudo", "-n", "--", self, "version"]).ExitCode != 0)
            {
                yield return new RequirementProblem("the local grid needs root, and sudo -n is refused", SudoAdvice.For(self));
            }
        }
    }

    private static bool Exists(string tool) => Directories
        .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
        .Any(directory => File.Exists(Path.Combine(directory, tool)));
}
