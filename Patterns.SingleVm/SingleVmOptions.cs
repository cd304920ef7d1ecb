using System.Text.RegularExpressions;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Patterns.SingleVm;

/// <summary>
/// The pattern's manifest keys. Ranges are those of the grid provider's schema (vms.cpu, vms.memory, vms.rootfs_size).
/// </summary>
internal static partial class SingleVmOptions
{
    public const string Cpu = "cpu";
    public const string Memory = "memory";
    public const string Disk = "disk";
    public const string Node = "node";
    public const string Docker = "docker";
    public const string BasePackages = "base_packages";

    public static IReadOnlyList<PatternOption> All { get; } =
    [
        new()
        {
            Name = Cpu,
            Type = OptionType.Integer,
            Sources = [new("config.cpu"), new("resources.vm.cpu"), new("resources.cpu.recommended")],
            Description = "Virtual CPUs of the machine.",
            Default = "2",
            Min = 1,
            Max = 32,
        },
        new()
        {
            Name = Memory,
            Type = OptionType.Size,
            Sources = [new("config.memory"), new("resources.vm.memory"), new("resources.memory.recommended")],
            Description = "Memory of the machine.",
            Default = "2048",
            Min = 256,
            Max = 256 * 1024,
        },
        new()
        {
            Name = Disk,
            Type = OptionType.Size,
            Sources =
            [
                new("config.disk"),
                new("resources.vm.disk", SizeUnit.GB),
                new("resources.disk.recommended", SizeUnit.GB),
            ],
            Description = "Root file system of the machine; there is no other disk.",
            Default = "20GB",
            Min = 1024,
            Max = 10 * 1024 * 1024,
        },
        new()
        {
            Name = Node,
            Type = OptionType.Integer,
            Sources = [new("config.node"), new("nodes.vm")],
            Description = "Id of the grid node to run on; by default a suitable one is chosen.",
            Min = 1,
            Max = int.MaxValue,
        },
        new()
        {
            Name = Docker,
            Type = OptionType.Boolean,
            Sources = [new("config.docker"), new("platform.docker")],
            Description = "Installs and starts the distribution's Docker, and runs a container.",
            Default = "false",
        },
        new()
        {
            Name = BasePackages,
            Type = OptionType.TextList,
            Sources = [new("config.packages")],
            Description = "Distribution packages to install before the app's hooks run.",
            Default = "git, curl, build-essential",
        },
    ];

    /// <summary>Checks beyond the declared types and ranges.</summary>
    public static IReadOnlyList<PatternProblem> ProblemsOf(PatternOptions options) =>
    [
        .. options.Texts(BasePackages).Where(name => !PackageName().IsMatch(name)).Select(name => new PatternProblem(
            $"'{name}' is not a package name",
            "use names as apt knows them: lower-case letters, digits, '+', '-' and '.', optionally followed by '=version'",
            BasePackages)),
    ];

    // https://www.debian.org/doc/debian-policy/ch-controlfields.html#source, plus apt's ":arch" and "=version".
    [GeneratedRegex(@"\A[a-z0-9][a-z0-9+.-]+(:[a-z0-9-]+)?(=[A-Za-z0-9.+~:-]+)?\z")]
    private static partial Regex PackageName();
}
