using System.Text.Json;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tools.Grid;

namespace TfgridCompose.Core.Looking.Conformance;

/// <summary>
/// What one deployment has on this machine: noted while it exists, and looked for when it should be gone. Other deployments
/// may come and go meanwhile.
/// </summary>
internal sealed class Remains
{
    // Machines that end at the same time may delay each other's clean-up for a moment.
    private const int Attempts = 6;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ToolLimit = TimeSpan.FromSeconds(20);
    private readonly Surroundings _here;
    private readonly DeploymentRecord _record;
    private readonly DeploymentFolder _folder;
    private readonly string _link;
    private readonly string? _tunnel;
    private readonly HashSet<string> _machines;
    private readonly HashSet<string> _leftBefore;

    private Remains(
        Surroundings here, DeploymentRecord record, DeploymentFolder folder, string link, JsonElement status)
    {
        (_here, _record, _folder, _link) = (here, record, folder, link);
        _tunnel = InterfaceIndex(record.WireguardInterface);
        HashSet<long> contracts =
        [
            .. Items(status, "contracts")
                .Where(contract => Text(contract, "project") == $"tfc/{record.Id}")
                .Select(Contract),
        ];
        _machines =
        [
            .. Items(status, "vms")
                .Where(machine => contracts.Contains(Contract(machine)))
                .Select(machine => Text(machine, "machine")),
        ];
        _leftBefore = [.. Leftovers(status)];
    }

    public static async Task<Remains> OfAsync(
        Surroundings here,
        DeploymentRecord record,
        DeploymentFolder folder,
        string link,
        CancellationToken cancellation) =>
        new(here, record, folder, link, await StatusAsync(here, cancellation));

    /// <summary>What is still there after a few seconds.</summary>
    public async Task<IReadOnlyList<Finding>> FindAsync(CancellationToken cancellation)
    {
        IReadOnlyList<string> left = await LookAsync(cancellation);
        for (int attempt = 1; attempt < Attempts && left.Count > 0; attempt++)
        {
            await Task.Delay(Pause, _here.Clock, cancellation);
            left = await LookAsync(cancellation);
        }

        return [.. left
            .Select(item =>
                new Finding(
                    $"left after down: {item}",
                    "see `tfgrid-compose grid local status`; `tfgrid-compose grid local prune` removes it"))];
    }

    private async Task<IReadOnlyList<string>> LookAsync(CancellationToken cancellation)
    {
        JsonElement status = await StatusAsync(_here, cancellation);
        string range = string.Join('.', _record.IpRange.Split('.').Take(2)) + ".";
        ToolResult routes = await _here.Runner.RunAsync(
            new ToolCommand("ip", ["-4", "route", "show", "table", "all"]) { TimeLimit = ToolLimit },
            cancellation);
        return
        [
            .. Items(status, "contracts")
                .Where(contract => Text(contract, "project") == $"tfc/{_record.Id}")
                .Select(contract => $"contract {Contract(contract)}"),
            .. Items(status, "vms")
                .Select(machine => Text(machine, "machine"))
                .Where(_machines.Contains)
                .Select(machine => $"machine {machine}"),
            .. Leftovers(status).Where(left => !_leftBefore.Contains(left)),
            .. _tunnel is not null && InterfaceIndex(_record.WireguardInterface) == _tunnel
                ? [$"interface {_record.WireguardInterface}"]
                : Array.Empty<string>(),
            .. routes.Output.Split('\n')
                .Where(route => route.Split(' ').Any(word => word.StartsWith(range, StringComparison.Ordinal)))
                .Select(route => $"route {route.Trim()}"),
            .. new[] { _folder.Path, _link }.Where(path => Path.Exists(path)
                || new FileInfo(path).LinkTarget is not null)
                .Select(path => $"file {path}"),
        ];
    }

    private static async Task<JsonElement> StatusAsync(Surroundings here, CancellationToken cancellation)
    {
        using var document = JsonDocument.Parse(await new LocalGridProgram(here.LocalGridPath, here.Runner)
            .RunAsync(["status"], cancellation));
        return document.RootElement.Clone();
    }

    // The interface's index, not its name, which another deployment may have by then.
    private static string? InterfaceIndex(string? name) =>
        name is not null && File.Exists($"/sys/class/net/{name}/ifindex")
            ? PlainFile.ReadText($"/sys/class/net/{name}/ifindex")
            : null;

    private static IEnumerable<string> Leftovers(JsonElement status) =>
        Items(status, "leftovers").Select(left => left.GetString() ?? "");

    private static long Contract(JsonElement item) => item.GetProperty("contract").GetInt64();

    private static IEnumerable<JsonElement> Items(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement list) ? list.EnumerateArray() : [];

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetString() ?? "";
}
