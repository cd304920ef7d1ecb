using System.Globalization;
using System.Net;
using System.Net.Sockets;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Tools.Ssh;

namespace TfgridCompose.Core.Tools.Checks;

/// <summary>Finds out on a machine who listens on a port that could not be reached.</summary>
internal static class PortLook
{
    private const int MostOthers = 5;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>Null if something listens on the address that was asked: then the cause is elsewhere.</summary>
    public static async Task<PortFinding?> AtAsync(
        SshClient ssh, string address, int port, CancellationToken cancellation)
    {
        ToolResult result = await ssh.RunAsync(
            ssh.Connection.Run(PortListeners.Command) with { TimeLimit = Limit }, cancellation);
        return result.Succeeded && PortListeners.Lists(result.Output) && IPAddress.TryParse(address, out IPAddress? used)
            ? Judge(PortListeners.On(port, result.Output), used, port, PortListeners.Others(result.Output))
            : new PortFinding(Port($"could not find out what listens on port {port}"), Remedy: null, IsLasting: false);
    }

    internal static PortFinding? Judge(
        IReadOnlyList<IPAddress> listeners, IPAddress used, int port, IReadOnlyList<int> others)
    {
        if (listeners.Count == 0)
        {
            string instead = others.Count == 0 ? "" : $" (ports in use: {string.Join(", ", others.Take(MostOthers))})";
            return new PortFinding(
                Port($"nothing listens on port {port}{instead}"),
                "use `tfgrid-compose logs` to find out why the app does not start, or correct the port in the manifest; "
                    + "then run `tfgrid-compose up` again",
                IsLasting: false);
        }

        if (listeners.Any(listener => listener.Equals(used) || listener.Equals(AnyOf(used))))
        {
            return null;
        }

        string where = string.Join(", ", listeners.Select(listener => listener.ToString()).Order(StringComparer.Ordinal));
        string all = used.AddressFamily == AddressFamily.InterNetworkV6 ? "::" : "0.0.0.0";
        string family = FamilyOf(used);
        bool isOtherFamily = listeners.All(listener => listener.AddressFamily != used.AddressFamily)
            && !listeners.All(IPAddress.IsLoopback);
        return new PortFinding(
            isOtherFamily
                ? Port($"port {port} listens on {FamilyOf(listeners[0])} only ({where}); the address used is {family}: listen on {all}")
                : Port($"port {port} listens on {where} only"),
            $"make the app listen on {all}, for all {family} addresses{(all == "::" ? " (usually IPv4 as well)" : "")}; "
                + "then run `tfgrid-compose up` again",
            IsLasting: true);
    }

    private static IPAddress AnyOf(IPAddress used) =>
        used.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any;

    private static string FamilyOf(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? "IPv6" : "IPv4";

    private static string Port(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
