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
/// The grid <c>main</c>, played by the local grid: its provider lies in a mirror that Terraform's own configuration names, and its
/// GridProxy answers over TLS. The product sees no difference to a grid that costs money.
/// </summary>
internal sealed class PaidGrid : IAsyncDisposable
{
    private readonly Lab _lab;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;

    private PaidGrid(Lab lab, X509Certificate2 certificate)
    {
        (_lab, _certificate) = (lab, certificate);
        _listener.Start();
        _serving = ServeAsync();
    }

    public static async Task<PaidGrid> CreateAsync(Lab lab)
    {
        (string certificate, string key) = SelfSigned.Pem("127.0.0.1");
        await File.WriteAllTextAsync(lab.In("authority.pem"), certificate);
        (await lab.RunToolAsync(Product.LocalGrid, "mirror", lab.In("mirror"))).MustEndWith(0);
        await File.WriteAllTextAsync(lab.In("terraform.rc"), $$"""
            disable_checkpoint = true
            provider_installation {
              filesystem_mirror { path = "{{lab.In("mirror")}}" }
            }
            """);

        // SslStream needs a key that is in a store, so the certificate goes through PKCS #12.
        using var pem = X509Certificate2.CreateFromPem(certificate, key);
        var grid = new PaidGrid(lab, X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null));
        lab.Environment["TF_CLI_CONFIG_FILE"] = lab.In("terraform.rc");
        lab.Environment["SSL_CERT_FILE"] = lab.In("authority.pem");
        lab.Environment["TFGRID_LOCALGRID"] = Product.LocalGrid;
        lab.Environment["TF_VAR_mnemonic"] = "words that own a wallet";
        lab.Environment["PROXY_URL"] =
            string.Create(CultureInfo.InvariantCulture, $"https://127.0.0.1:{((IPEndPoint)grid._listener.LocalEndpoint).Port}");
        return grid;
    }

    /// <summary>The contracts of a deployment, also those that have ended.</summary>
    public async Task<IReadOnlyList<PaidContract>> ContractsAsync(string id)
    {
        string answer = (await _lab.RunToolAsync(Product.LocalGrid, "query", "/contracts?size=1000")).MustEndWith(0).Output;
        using var document = JsonDocument.Parse(answer);
        return
        [
            .. document.RootElement.GetProperty("body").EnumerateArray()
                .Where(contract => contract.GetRawText().Contains(id, StringComparison.Ordinal))
                .Select(contract => new PaidContract(
                    contract.GetProperty("contract_id").GetInt64(),
                    contract.GetProperty("state").GetString() == "Created",
                    contract.GetProperty("details").GetProperty("nodeId").GetInt32())),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _serving.WaitAsync(TimeSpan.FromSeconds(10));
        _certificate.Dispose();
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_end.Token);
                await AnswerAsync(client);
            }
            catch (Exception gone) when (
                gone is IOException or SocketException or AuthenticationException or OperationCanceledException or ObjectDisposedException)
            {
                // The client is gone, or the test ends.
            }
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        await using var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _end.Token);
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        string path = (await reader.ReadLineAsync(_end.Token) ?? "").Split(' ').ElementAtOrDefault(1) ?? "/";
        while (await reader.ReadLineAsync(_end.Token) is { Length: > 0 })
        {
            // GET requests have headers only.
        }

        ProgramResult result = (await _lab.RunToolAsync(Product.LocalGrid, "query", path)).MustEndWith(0);
        using var answer = JsonDocument.Parse(result.Output);
        byte[] body = Encoding.UTF8.GetBytes(answer.RootElement.GetProperty("body").GetRawText());
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {answer.RootElement.GetProperty("status").GetInt32()} Answer\r\n");
        head.Append(CultureInfo.InvariantCulture, $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n");
        if (answer.RootElement.TryGetProperty("headers", out JsonElement headers))
        {
            foreach (JsonProperty header in headers.EnumerateObject())
            {
                head.Append(CultureInfo.InvariantCulture, $"{header.Name}: {header.Value}\r\n");
            }
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{head}Connection: close\r\n\r\n"), _end.Token);
        await stream.WriteAsync(body, _end.Token);
    }
}

/// <summary>A contract of the paid grid.</summary>
internal sealed record PaidContract(long Id, bool IsLive, int Node);
