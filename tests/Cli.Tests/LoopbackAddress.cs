using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace TfgridCompose.Cli.Tests;

/// <summary>A loopback address that no other test on this machine uses, whatever process it runs in, for as long as this lives.</summary>
internal sealed class LoopbackAddress : IDisposable
{
    // Whoever listens on this port of an address owns the address; its other ports stay free.
    private const int OwnersPort = 42_022;
    private const int Attempts = 100;
    private readonly TcpListener _claim;

    private LoopbackAddress(TcpListener claim)
    {
        _claim = claim;
        Text = ((IPEndPoint)claim.LocalEndpoint).Address.ToString();
    }

    public string Text { get; }

    public static LoopbackAddress Claim()
    {
        for (int attempt = 1; ; attempt++)
        {
            var claim = new TcpListener(Any(), OwnersPort);
            try
            {
                claim.Start();
                return new LoopbackAddress(claim);
            }
            catch (SocketException problem) when (problem.SocketErrorCode == SocketError.AddressAlreadyInUse && attempt < Attempts)
            {
                claim.Dispose();
            }
        }
    }

    public override string ToString() => Text;

    public void Dispose() => _claim.Dispose();

    // 127.0.0.0/16 is left to everything else on the machine.
    private static IPAddress Any() => IPAddress.Parse(string.Create(
        CultureInfo.InvariantCulture, $"127.{Random.Shared.Next(1, 255)}.{Random.Shared.Next(0, 256)}.{Random.Shared.Next(1, 255)}"));
}
