using System.Text.Json;
using System.Text.RegularExpressions;

namespace TfgridCompose.EndToEnd.Tests.Support;

/// <summary>
/// Everything on this machine that has a name or address of ours, whoever it belongs to, and everything a home knows about deployments.
/// Taken before and after: what is new the second time was left behind. Nothing else may deploy meanwhile.
/// </summary>
internal sealed partial record MachineState(IReadOnlyDictionary<string, IReadOnlyList<string>> Kinds)
{
    private const string World = "/var/lib/tfgrid-localgrid";

    public static async Task<MachineState> TakeAsync(Lab lab) => new(new Dictionary<string, IReadOnlyList<string>>
    {
        ["process"] = Processes(lab),
        ["mount"] =
        [
            .. File.ReadLines("/proc/self/mounts")
                .Where(line => OurName().IsMatch(line) || line.Contains($"{World}/machines", StringComparison.Ordinal)),
        ],
        ["namespace"] = Entries("/run/netns", "tfl-"),
        ["interface"] = [.. Entries("/sys/class/net", "tfl-"), .. Entries("/sys/class/net", "wg"), .. Entries("/run/wireguard", "")],
        ["route"] =
        [
            .. await LinesAsync(lab, "ip", "-4", "route", "show", "table", "all"),
            .. await LinesAsync(lab, "ip", "-6", "route", "show", "table", "all"),
        ],
        ["firewall table"] = await LinesAsync(lab, "nft", "list", "tables"),
        ["forwarding"] = Sysctls("/proc/sys/net/ipv4/ip_forward", "/proc/sys/net/ipv6/conf/all/forwarding"),
        ["cgroup"] = Cgroups(),
        ["nspawn folder"] = Entries("/run/systemd/nspawn/propagate", "tfl-"),
        ["WireGuard file"] = Entries("/etc/wireguard", ""),
        ["file of the local grid"] =
            [.. Entries($"{World}/machines", ""), .. Entries($"{World}/disks", ""), .. Entries($"{World}/secrets", "")],
        ["contract"] = [.. Contracts().Select(contract => $"{contract.Number} {contract.Project}")],
        ["range file"] = [.. Entries("/var/lib/tfgrid-compose/ranges", "10.")],
        ["state folder"] = Entries(Path.Combine(lab.ComposeHome, "deployments"), ""),
        ["index line"] = Lines(Path.Combine(lab.ComposeHome, "index.yaml")),
        ["link in an app"] = Directory.Exists(lab.Root) ? [.. Directory.GetDirectories(lab.Root).Where(IsLinked)] : [],
        ["torn write"] =
            Directory.Exists(lab.ComposeHome) ? [.. Directory.GetFiles(lab.ComposeHome, "*.tmp", SearchOption.AllDirectories)] : [],
    });

    /// <summary>Machines of the local grid, as <c>contract/name</c>.</summary>
    public static IReadOnlyList<string> Machines() =>
        [.. Contracts().SelectMany(contract => contract.Machines.Select(name => $"{contract.Number}/{name}"))];

    /// <summary>What is here and was not in <paramref name="before"/>.</summary>
    public IReadOnlyList<string> Since(MachineState before) =>
        [.. Kinds.SelectMany(kind => kind.Value.Except(before.Kinds[kind.Key]).Select(item => $"{kind.Key} {item}"))];

    /// <summary>
    /// Looks again until nothing is new: what was killed, and its children, take a moment to end. At the limit: what is left.
    /// </summary>
    public static async Task<IReadOnlyList<string>> LeftSinceAsync(MachineState before, Lab lab, TimeSpan limit)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            IReadOnlyList<string> left = (await TakeAsync(lab)).Since(before);
            if (left.Count == 0 || TimeProvider.System.GetElapsedTime(started) > limit)
            {
                return left;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }

    private static List<Contract> Contracts()
    {
        var found = new List<Contract>();
        if (!File.Exists($"{World}/world.json"))
        {
            return found;
        }

        using var world = JsonDocument.Parse(File.ReadAllText($"{World}/world.json"));
        foreach (JsonElement deployment in world.RootElement.GetProperty("deployments").EnumerateArray())
        {
            found.Add(new Contract(
                deployment.GetProperty("contract").GetInt64(),
                deployment.GetProperty("solution_type").GetString() ?? "",
                [.. deployment.GetProperty("vms").EnumerateArray().Select(vm => vm.GetProperty("name").GetString() ?? "")]));
        }

        foreach (JsonElement network in world.RootElement.GetProperty("networks").EnumerateArray())
        {
            found.AddRange(network.GetProperty("members").EnumerateArray().Select(member =>
                new Contract(member.GetProperty("contract").GetInt64(), network.GetProperty("solution_type").GetString() ?? "", [])));
        }

        return found;
    }

    private static bool IsLinked(string folder) => new FileInfo(Path.Combine(folder, ".tfgrid-compose")).LinkTarget is not null;

    private static string[] Entries(string folder, string prefix) => !Directory.Exists(folder) ? [] :
        [.. Directory.GetFileSystemEntries(folder).Where(path => Path.GetFileName(path).StartsWith(prefix, StringComparison.Ordinal))];

    private static string[] Lines(string file) => File.Exists(file) ? File.ReadAllLines(file) : [];

    private static string[] Sysctls(params string[] files) =>
        [.. files.Where(File.Exists).Select(file => $"{file} = {File.ReadAllText(file).Trim()}")];

    private static async Task<IReadOnlyList<string>> LinesAsync(Lab lab, params string[] command) =>
        (await lab.RunToolAsync(command[0], command[1..])).MustEndWith(0).Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string[] Cgroups() =>
    [
        .. Directory.EnumerateDirectories(
            "/sys/fs/cgroup",
            "tfl-*",
            new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 3, IgnoreInaccessible = true }),
    ];

    // Found by name, by cgroup, or because they run for the lab's user.
    private static string[] Processes(Lab lab) =>
    [
        .. ProcessFiles.All()
            .Where(process => !process.IsZombie && (OurName().IsMatch(process.CommandLine) || OurName().IsMatch(process.Cgroup)
                || process.Environment.Contains(lab.Root, StringComparison.Ordinal)
                || process.CommandLine.Contains(lab.Root, StringComparison.Ordinal)))
            .Select(process => $"{process.Id} {process.CommandLine}"),
    ];

    [GeneratedRegex(@"\btfl-[a-z]+[0-9]*\b|tfgrid-localgrid$|wireguard-go wg")]
    private static partial Regex OurName();

    private sealed record Contract(long Number, string Project, IReadOnlyList<string> Machines);
}
