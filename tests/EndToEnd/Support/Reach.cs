using System.Net;
using System.Net.Sockets;

namespace TfgridCompose.EndToEnd.Tests.Support;

internal static class Reach
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    /// <summary>Whether a TCP connection from this machine comes about.</summary>
    public static async Task<bool> ConnectsAsync(string address, int port)
    {
        using var limit = new CancellationTokenSource(Limit);
        using var client =
            new TcpClient(address.Contains(':', StringComparison.Ordinal) ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork);
        try
        {
            await client.ConnectAsync(IPAddress.Parse(address), port, limit.Token);
            return true;
        }
        catch (Exception refused) when (refused is SocketException or OperationCanceledException)
        {
            return false;
        }
    }
}
