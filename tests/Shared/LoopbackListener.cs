using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace TfgridCompose.Tests.Shared;

/// <summary>An HTTP listener on a free port of this machine.</summary>
internal static class LoopbackListener
{
    private const int Attempts = 10;

    /// <summary>Another process may be faster to take the port. A listener that could not start is of no more use.</summary>
    public static (HttpListener Listener, string Address) Start()
    {
        for (int attempt = 1; ; attempt++)
        {
            string address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}");
            var listener = new HttpListener();
            listener.Prefixes.Add($"{address}/");
            try
            {
                listener.Start();
                return (listener, address);
            }
            catch (HttpListenerException) when (attempt < Attempts)
            {
                listener.Close();
            }
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
