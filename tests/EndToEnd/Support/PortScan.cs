using System.Net.Sockets;

namespace TfgridCompose.EndToEnd.Tests.Support;

/// <summary>Which TCP ports take a connection from this machine.</summary>
internal static class PortScan
{
    private static readonly int[] Ports =
        [.. Enumerable.Range(1, 1024), 2019, 3306, 5432, 6379, 7000, 7001, .. Enumerable.Range(8000, 1001), 9090, 9100];

    public static async Task<int[]> OpenAsync(string address)
    {
        var open = new List<int>();
        await Parallel.ForEachAsync(Ports, new ParallelOptions { MaxDegreeOfParallelism = 256 }, async (port, cancellation) =>
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(TimeSpan.FromMilliseconds(700));
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(address, port, limit.Token);
                lock (open)
                {
                    open.Add(port);
                }
            }
            catch (Exception closed) when (closed is SocketException or OperationCanceledException)
            {
                // Dropped or refused.
            }
        });
        return [.. open.Order()];
    }
}
