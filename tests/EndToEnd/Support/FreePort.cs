using System.Net;
using System.Net.Sockets;

namespace TfgridCompose.EndToEnd.Tests.Support;

internal static class FreePort
{
    public static int Take()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static Task AnswersAsync(int port, string what) => Eventually.HoldsAsync(
        () =>
        {
            try
            {
                using var client = new TcpClient("127.0.0.1", port);
                return null;
            }
            catch (SocketException refused)
            {
                return refused.Message;
            }
        },
        $"{what} listens on port {port}",
        TimeSpan.FromMinutes(2));
}
