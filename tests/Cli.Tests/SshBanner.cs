using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TfgridCompose.Cli.Tests;

/// <summary>Says hello on port 22 of a loopback address, as sshd would: enough for the probe that precedes a login.</summary>
internal sealed class SshBanner : IDisposable
{
    private readonly TcpListener _listener;
    private readonly Task _serving;

    private SshBanner(TcpListener listener)
    {
        _listener = listener;
        _listener.Start();
        _serving = ServeAsync();
    }

    /// <summary>Skips the test where port 22 may not be bound, for it is privileged.</summary>
    public static SshBanner On(string address)
    {
        try
        {
            return new SshBanner(new TcpListener(IPAddress.Parse(address), 22));
        }
        catch (SocketException problem) when (problem.SocketErrorCode == SocketError.AccessDenied)
        {
            Assert.Ignore("port 22 may only be bound by root here");
            throw;
        }
    }

    public void Dispose()
    {
        _listener.Stop();
        _listener.Dispose();
        _serving.Wait(TimeSpan.FromSeconds(5));
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync();
                try
                {
                    await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("SSH-2.0-Test\r\n"));
                }
                catch (IOException)
                {
                    // This client has gone; the next one is served.
                }
            }
        }
        catch (Exception problem) when (problem is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Stopped.
        }
    }
}
