using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace TfgridCompose.EndToEnd.Tests.Support;

/// <summary>
/// A public address on which port 22 says what an SSH server says first: one for documentation (RFC 5737), which the loopback device has
/// meanwhile.
/// </summary>
internal sealed class SshBanner : IDisposable
{
    private readonly TcpListener _listener;
    private readonly Task _work;

    public SshBanner()
    {
        Address = $"198.51.100.{Random.Shared.Next(1, 250)}";
        Ip("add");
        _listener = new TcpListener(IPAddress.Parse(Address), 22);
        _listener.Start();
        _work = AnswerAsync();
    }

    public string Address { get; }

    public void Dispose()
    {
        _listener.Stop();
        _work.Wait();
        Ip("del");
    }

    private void Ip(string verb)
    {
        using var process = Process.Start("ip", ["address", verb, $"{Address}/32", "dev", "lo"]);
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, $"ip address {verb} {Address}");
    }

    private async Task AnswerAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync();
                try
                {
                    await client.GetStream().WriteAsync("SSH-2.0-banner\r\n"u8.ToArray());
                }
                catch (IOException)
                {
                    // This client has gone; the next one is served.
                }
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over.
        }
    }
}
