using System.Net.Sockets;
using System.Text;

namespace TfgridCompose.LocalGrid.Tests.RealMachines;

internal static class Reach
{
    /// <summary>The first bytes of an ssh server, or "" when none answers in time.</summary>
    public static string SshBanner(string address, int seconds = 20)
    {
        for (DateTime end = DateTime.UtcNow.AddSeconds(seconds); DateTime.UtcNow < end; Thread.Sleep(50))
        {
            try
            {
                using var client = new TcpClient(address.Contains(':') ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork);
                if (!client.ConnectAsync(address, 22).Wait(TimeSpan.FromSeconds(1)))
                {
                    continue;
                }

                client.ReceiveTimeout = 2000;
                byte[] buffer = new byte[4];
                client.GetStream().ReadExactly(buffer);
                return Encoding.ASCII.GetString(buffer);
            }
            catch (Exception e) when (e is AggregateException or IOException or SocketException)
            {
                // Not yet.
            }
        }

        return "";
    }

    /// <summary>A refused connection is an answer: the machine runs, with a closed port.</summary>
    public static string Knock(string address)
    {
        try
        {
            using var client = new TcpClient(address.Contains(':') ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork);
            return client.ConnectAsync(address, 22).Wait(TimeSpan.FromSeconds(2)) ? "an open port" : "silence";
        }
        catch (AggregateException e) when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
        {
            return "a closed port";
        }
        catch (AggregateException e) when (e.InnerException is SocketException)
        {
            return "silence";
        }
    }

    /// <summary>A ping from inside a machine's network.</summary>
    public static bool Ping(TerraformLab lab, string machine, string address) =>
        lab.Try("ip", ["netns", "exec", machine, "ping", "-c", "1", "-W", "1", address]).ExitCode == 0;
}
