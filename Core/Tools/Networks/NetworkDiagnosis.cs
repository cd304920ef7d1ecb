using System.Globalization;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Ssh;

namespace TfgridCompose.Core.Tools.Networks;

/// <summary>Reports for each network which hops to a machine answer.</summary>
public sealed class NetworkDiagnosis(IToolRunner runner)
{
    private static readonly TimeSpan ToolLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(3);

    public Dial Dial { private get; init; } = Dial.Direct;

    public async Task<IReadOnlyList<string>> OfAsync(DeploymentRecord record, CancellationToken cancellation)
    {
        List<string> lines = ["network diagnosis:"];
        if (record.WireguardInterface is { } name)
        {
            lines.Add($"  wireguard, this end: {await InterfaceAsync(name, cancellation)}");
        }

        foreach (RecordedHost host in record.Hosts)
        {
            foreach (RecordedAddress address in host.Addresses)
            {
                lines.Add($"  {address.Network} to {host.Name} ({address.Ip}): "
                    + $"{await RouteAsync(address.Ip, cancellation)}; {await PingAsync(address.Ip, cancellation)}; "
                    + $"ssh: {await SshProbe.AskAsync(Dial.To(address.Ip), ProbeLimit, cancellation) ?? "answers"}");
            }
        }

        return lines;
    }

    private async Task<string> InterfaceAsync(string name, CancellationToken cancellation)
    {
        if (!WireguardTunnel.IsUp(name))
        {
            return $"{name} is missing; `tfgrid-compose up` restores it";
        }

        ToolResult result = await RunAsync("wg", ["show", name, "latest-handshakes"], cancellation);
        string? seconds = result.Output.Split('\t', '\n').Skip(1).FirstOrDefault();
        return !result.Succeeded ? $"{name} is up; wg says: {result.Tail(1)}"
            : long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out long at) && at > 0
                ? $"{name} is up, last handshake {DateTimeOffset.FromUnixTimeSeconds(at):HH:mm:ss} UTC"
                : $"{name} is up, but there was never a handshake: the node's access point does not answer, "
                    + "or UDP is blocked";
    }

    private async Task<string> RouteAsync(string ip, CancellationToken cancellation)
    {
        ToolResult result = await RunAsync("ip", ["route", "get", ip], cancellation);
        return result.Succeeded ? $"route: {result.Output.Split('\n')[0].Trim()}" : "no route";
    }

    private async Task<string> PingAsync(string ip, CancellationToken cancellation)
    {
        ToolResult result = await RunAsync("ping", ["-c", "2", "-W", "2", "-n", ip], cancellation);
        return result.Succeeded ? "ping answers" : "ping does not answer";
    }

    private Task<ToolResult> RunAsync(
        string program, IReadOnlyList<string> arguments, CancellationToken cancellation) =>
        runner.RunAsync(new ToolCommand(program, arguments) { TimeLimit = ToolLimit }, cancellation);
}
