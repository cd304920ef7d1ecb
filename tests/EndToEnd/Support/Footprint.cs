using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace TfgridCompose.EndToEnd.Tests.Support;

/// <summary>
/// Everything on this machine that belongs to one deployment, found by names and numbers that no other deployment ever has.
/// Taken while the deployment runs, and looked at again when it should be gone.
/// </summary>
internal sealed class Footprint
{
    private const string World = "/var/lib/tfgrid-localgrid";
    private const string RangeFolder = "/var/lib/tfgrid-compose/ranges";
    private readonly Lab _lab;
    private readonly Deployment _deployment;
    private readonly string _link;
    private readonly string _range;
    private readonly string? _tunnel;
    private readonly string? _myceliumPrefix;
    private readonly Regex _names;
    private readonly string[] _contracts;

    private Footprint(Lab lab, Deployment deployment, string link, IReadOnlyCollection<int> indexes, IReadOnlyCollection<long> contracts)
    {
        (_lab, _deployment, _link) = (lab, deployment, link);
        _range = string.Join('.', deployment.IpRange.Split('.').Take(2)) + ".";
        _tunnel = deployment.WireguardInterface;
        _myceliumPrefix =
            deployment.State["mycelium_ip"] is { Length: > 0 } mycelium ? string.Join(':', mycelium.Split(':').Take(4)) + ":" : null;
        string numbers = string.Join('|', indexes);
        _names = new Regex(indexes.Count == 0 ? "(?!)" : $@"\btfl-[a-z]+({numbers})\b", RegexOptions.CultureInvariant);
        _contracts = [.. contracts.Select(contract => string.Create(CultureInfo.InvariantCulture, $"c{contract}"))];
    }

    public static Footprint Of(Lab lab, SampleApp app) => Of(lab, Deployment.Of(app), app.Link);

    public static Footprint Of(Lab lab, Deployment deployment, string link)
    {
        using var world = JsonDocument.Parse(File.ReadAllText($"{World}/world.json"));
        JsonElement[] networks = Own(world, "networks", deployment.Id);
        JsonElement[] deployments = Own(world, "deployments", deployment.Id);
        JsonElement[] members = [.. networks.SelectMany(network => network.GetProperty("members").EnumerateArray())];
        JsonElement[] machines = [.. deployments.SelectMany(item => item.GetProperty("vms").EnumerateArray())];
        return new Footprint(
            lab,
            deployment,
            link,
            [.. members.Concat(machines).Select(item => item.GetProperty("index").GetInt32())],
            [.. members.Concat(deployments).Select(item => item.GetProperty("contract").GetInt64())]);
    }

    /// <summary>What there is now, by kind. Every kind is looked at, also where nothing is found.</summary>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> LookAsync() => new Dictionary<string, IReadOnlyList<string>>
    {
        ["processes"] = Processes(),
        ["mounts"] = [.. File.ReadLines("/proc/self/mounts").Where(IsOwn)],
        ["network namespaces"] = Entries("/run/netns"),
        ["interfaces"] = [.. Entries("/sys/class/net"), .. Entries("/run/wireguard"), .. OwnTunnel()],
        ["routes"] = await RoutesAsync(),
        ["cgroups"] = Cgroups(),
        ["WireGuard configurations"] =
        [
            .. Directory.GetFiles("/etc/wireguard")
                .Where(file => FirstLine(file).EndsWith($" {_deployment.Id}", StringComparison.Ordinal)),
        ],
        ["files of the local grid"] = [.. Entries($"{World}/machines"), .. Entries($"{World}/disks"), .. Entries($"{World}/secrets")],
        ["contracts"] = [.. LinesWith($"{World}/world.json", $"tfc/{_deployment.Id}\"")],
        ["state folder"] = Directory.Exists(_deployment.Folder) ? [_deployment.Folder] : [],
        ["index"] = [.. LinesWith(Path.Combine(_lab.ComposeHome, "index.yaml"), _deployment.Id)],
        ["link in the app"] = new FileInfo(_link).LinkTarget is { } target ? [$"{_link} -> {target}"] : [],
        ["address range"] = [.. RangeFiles()],
        ["control sockets"] = Directory.Exists(_deployment.Folder) ? Directory.GetFiles(_deployment.Folder, "*.ssh") : [],
    };

    /// <summary>Prints what it looked at and fails where anything is left.</summary>
    public async Task MustBeGoneAsync()
    {
        IReadOnlyDictionary<string, IReadOnlyList<string>> now = await LookAsync();
        await TestContext.Out.WriteLineAsync(
            $"{_deployment.Id} ({_names}, {_range}*, {string.Join(' ', _contracts)}) is gone; looked for {string.Join(", ", now.Keys)}");
        Assert.That(now.SelectMany(kind => kind.Value.Select(item => $"{kind.Key}: {item}")), Is.Empty);
    }

    private static JsonElement[] Own(JsonDocument world, string list, string id) =>
    [
        .. world.RootElement.GetProperty(list).EnumerateArray().Where(item => item.GetProperty("solution_type").GetString() == $"tfc/{id}"),
    ];

    private static IEnumerable<string> LinesWith(string file, string text) =>
        File.ReadLines(file).Where(line => line.Contains(text, StringComparison.Ordinal)).Select(line => line.Trim());

    private static string FirstLine(string file)
    {
        try
        {
            return File.ReadLines(file).FirstOrDefault() ?? "";
        }
        catch (IOException)
        {
            return "";
        }
    }

    private bool IsOwn(string text) => _names.IsMatch(text) || text.Contains(_deployment.Id, StringComparison.Ordinal);

    private string[] Entries(string folder) => !Directory.Exists(folder) ? [] :
    [
        .. Directory.GetFileSystemEntries(folder).Where(
            path => IsOwn(Path.GetFileName(path)) || _contracts.Contains(Path.GetFileNameWithoutExtension(path))),
    ];

    // Another deployment may use the name by now; its configuration file says so.
    private string[] OwnTunnel() =>
        _tunnel is not null && Directory.Exists($"/sys/class/net/{_tunnel}") && !IsOthers(FirstLine($"/etc/wireguard/{_tunnel}.conf"))
            ? [_tunnel]
            : [];

    private bool IsOthers(string marker) =>
        marker.StartsWith("# tfgrid-compose deployment ", StringComparison.Ordinal)
            && !marker.EndsWith($" {_deployment.Id}", StringComparison.Ordinal);

    private IEnumerable<string> RangeFiles()
    {
        string file = $"{RangeFolder}/{_range.TrimEnd('.')}";
        return File.Exists(file) && File.ReadAllText(file) == _deployment.Folder ? [file] : [];
    }

    // Another deployment may take the range as soon as it is released; then the routes are not ours.
    private async Task<IReadOnlyList<string>> RoutesAsync()
    {
        string file = $"{RangeFolder}/{_range.TrimEnd('.')}";
        bool taken = File.Exists(file) && File.ReadAllText(file) != _deployment.Folder;
        string v4 = (await _lab.RunToolAsync("ip", "-4", "route", "show", "table", "all")).MustEndWith(0).Output;
        string v6 = (await _lab.RunToolAsync("ip", "-6", "route", "show", "table", "all")).MustEndWith(0).Output;
        return
        [
            .. v4.Split('\n').Where(
                route => IsOwn(route) || (!taken && route.Split(' ').Any(word => word.StartsWith(_range, StringComparison.Ordinal)))),
            .. v6.Split('\n').Where(
                route => IsOwn(route) || (_myceliumPrefix is not null && route.Contains(_myceliumPrefix, StringComparison.Ordinal))),
        ];
    }

    private string[] Cgroups() =>
    [
        .. Directory.EnumerateDirectories(
            "/sys/fs/cgroup",
            "*",
            new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 3, IgnoreInaccessible = true })
            .Where(path => _names.IsMatch(Path.GetFileName(path))),
    ];

    private List<string> Processes()
    {
        var found = new List<string>();
        foreach (ProcessFiles process in ProcessFiles.All())
        {
            if (!process.IsZombie && (IsOwn(process.CommandLine) || _names.IsMatch(process.Cgroup)))
            {
                found.Add($"{process.Id} {process.CommandLine}");
            }
        }

        return found;
    }
}
