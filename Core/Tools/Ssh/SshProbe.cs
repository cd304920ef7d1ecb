using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TfgridCompose.Core.Tools.Ssh;

/// <summary>Asks an address for an SSH banner, without a login.</summary>
public static class SshProbe
{
    private const int Port = 22;

    /// <summary>Null if a banner came, else the reason why none did.</summary>
    public static async Task<string?> AskAsync(
        IPAddress address, TimeSpan limit, CancellationToken cancellation)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        bound.CancelAfter(limit);
        using var client = new TcpClient(address.AddressFamily);
        try
        {
            await client.ConnectAsync(address, Port, bound.Token);
            byte[] banner = new byte[4];
            await client.GetStream().ReadExactlyAsync(banner, bound.Token);
            return Encoding.ASCII.GetString(banner) == "SSH-" ? null : "port 22 answers, but it is not SSH";
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return "no answer on port 22";
        }
        catch (SocketException problem)
        {
            return problem.SocketErrorCode switch
            {
                SocketError.ConnectionRefused => "port 22 refused: sshd is not up yet",
                SocketError.HostUnreachable or SocketError.NetworkUnreachable => "no route",
                _ => problem.Message,
            };
        }
        catch (Exception problem) when (problem is IOException or EndOfStreamException)
        {
            return "the connection was closed before the SSH banner";
        }
    }
}
