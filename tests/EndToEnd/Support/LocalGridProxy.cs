using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace TfgridCompose.EndToEnd.Tests.Support;

/// <summary>
/// The local grid as a paid one: GridProxy's answers over TLS, and a home whose Terraform finds the local grid's provider where the
/// registry's would be.
/// </summary>
internal sealed class LocalGridProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate = SelfSigned.For("127.0.0.1");
    private readonly Lab _lab;
    private readonly Task _serving;

    private LocalGridProxy(Lab lab)
    {
        _lab = lab;
        _listener.Start();
        int port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        lab.Environment["PROXY_URL"] = string.Create(CultureInfo.InvariantCulture, $"https://127.0.0.1:{port}");
        lab.Environment["SSL_CERT_FILE"] = lab.In("proxy.pem");
        File.WriteAllText(lab.In("proxy.pem"), _certificate.ExportCertificatePem());
        _serving = Task.Run(ServeAsync);
    }

    /// <summary>Turns <c>--grid main</c> of this lab into the local grid.</summary>
    public static async Task<LocalGridProxy> OfAsync(Lab lab)
    {
        (await lab.RunToolAsync(Product.LocalGrid, "mirror", lab.In("mirror"))).MustEndWith(0);
        foreach (string name in new[] { ".terraformrc", ".tofurc" })
        {
            await File.WriteAllTextAsync(Path.Combine(lab.Home, name), $$"""
                disable_checkpoint = true
                provider_installation {
                  filesystem_mirror {
                    path    = "{{lab.In("mirror")}}"
                    include = ["registry.terraform.io/threefoldtech/*", "registry.opentofu.org/threefoldtech/*"]
                  }
                }
                """);
        }

        lab.Environment["TFGRID_LOCALGRID"] = Product.LocalGrid;
        lab.Environment["TF_VAR_mnemonic"] = "words that own a wallet";
        return new LocalGridProxy(lab);
    }

    public void Dispose()
    {
        _listener.Stop();
        _serving.Wait(TimeSpan.FromSeconds(5));
        _certificate.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync();
                await AnswerAsync(client);
            }
            catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
            catch (Exception gone) when (gone is IOException or AuthenticationException)
            {
                // The client has gone away; it asks again.
            }
        }
    }

    // The one account of the local grid is twin 1, whatever number the user has.
    private async Task AnswerAsync(TcpClient client)
    {
        await using var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsServerAsync(_certificate);
        using var reader = new StreamReader(stream, leaveOpen: true);
        string query = (await reader.ReadLineAsync() ?? "").Split(' ').ElementAtOrDefault(1) ?? "/";
        while (await reader.ReadLineAsync() is { Length: > 0 })
        {
        }

        ProgramResult result = await _lab.RunToolAsync(Product.LocalGrid, "query", query);
        using var envelope = JsonDocument.Parse(result.Output);
        string headers = envelope.RootElement.TryGetProperty("headers", out JsonElement given)
            ? string.Concat(given.EnumerateObject().Select(header => $"{header.Name}: {header.Value.GetString()}\r\n"))
            : "";
        byte[] body = Encoding.UTF8.GetBytes(envelope.RootElement.GetProperty("body").GetRawText());
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {envelope.RootElement.GetProperty("status").GetInt32()} X\r\nContent-Type: application/json\r\n"
                + $"Content-Length: {body.Length}\r\nConnection: close\r\n{headers}\r\n"));
        await stream.WriteAsync(body);
    }
}
