using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace TfgridCompose.EndToEnd.Tests.Support;

/// <summary>
/// A certificate authority (Pebble) and the DNS that it and the gateway ask, both on this computer's address towards the local grid. That
/// address exists only while a machine of the local grid does, so start it after the first <c>up</c>.
/// </summary>
internal sealed class AcmeServer : IAsyncDisposable
{
    /// <summary>This computer, as machines of the local grid see it.</summary>
    public const string Address = "198.18.0.1";

    // Renewal is due in the last third of a certificate's life; these begin with 20 days.
    private const int Lifetime = 20 * 24 * 3600;
    private readonly string _folder = Directory.CreateTempSubdirectory("tfc-acme-").FullName;
    private readonly int _management = FreePort.Take();
    private readonly int _statistics = FreePort.Take();
    private RunningProgram? _pebble;
    private RunningProgram? _names;

    public AcmeServer()
    {
        using X509Certificate2 certificate = SelfSigned.For(Address);
        Certificate = certificate.ExportCertificatePem();
        File.WriteAllText(Path.Combine(_folder, "certificate.pem"), Certificate);
        File.WriteAllText(Path.Combine(_folder, "key.pem"), certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        Port = FreePort.Take();
    }

    /// <summary>What a gateway must trust to talk to it, PEM.</summary>
    public string Certificate { get; }

    public int Port { get; }

    public string DirectoryUrl => string.Create(CultureInfo.InvariantCulture, $"https://{Address}:{Port}/dir");

    public async Task StartAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "pebble.json"), JsonSerializer.Serialize(new
        {
            pebble = new
            {
                listenAddress = string.Create(CultureInfo.InvariantCulture, $"{Address}:{Port}"),
                managementListenAddress = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_statistics}"),
                certificate = Path.Combine(_folder, "certificate.pem"),
                privateKey = Path.Combine(_folder, "key.pem"),
                httpPort = 80,
                tlsPort = 443,
                ocspResponderURL = "",
                externalAccountBindingRequired = false,
                retryAfter = new { authz = 1, order = 1 },
                certificateValidityPeriod = Lifetime,
            },
        }));
        string management = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_management}");
        string names = $"{Address}:53";
        _names = new RunningProgram(
            "pebble-challtestsrv",
            [
                "-management", management, "-dns01", names, "-http01", "", "-https01", "", "-tlsalpn01", "", "-defaultIPv6", "",
                "-defaultIPv4", "",
            ],
            new Dictionary<string, string?>());
        await FreePort.AnswersAsync(_management, "pebble-challtestsrv");

        // Machines reach no service of this computer but those that its administrator opens to them.
        string open = string.Create(CultureInfo.InvariantCulture, $"{{ udp . 53, tcp . 53, tcp . {Port} }}");
        string inEveryNode = $"""
            nft add element inet tfl open '{open}'
            for node in $(ip netns list | grep -o '^tfl-n[0-9]*'); do
              ip netns exec $node nft add element inet tfl open '{open}'
            done
            """;
        using var rule = new RunningProgram("sh", ["-c", inEveryNode], new Dictionary<string, string?>());
        await rule.EndAsync();
        await StartPebbleAsync();
    }

    /// <summary>Only the authority starts again, without its accounts; names stay.</summary>
    /// <param name="rejectedNonces">Percentage of requests that it refuses with <c>badNonce</c>; Pebble's own default is 5.</param>
    public async Task RestartAsync(int rejectedNonces = 5)
    {
        _pebble!.Signal("TERM");
        await _pebble.EndAsync();
        _pebble.Dispose();
        await StartPebbleAsync(rejectedNonces);
    }

    /// <summary>What DNS says of a name from now on.</summary>
    public async Task PointAsync(string name, string address)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(10) };
        (string, object)[] calls = [("clear-a", new { host = name }), ("add-a", new { host = name, addresses = new[] { address } })];
        foreach ((string verb, object body) in calls)
        {
            using HttpResponseMessage response = await client.PostAsJsonAsync(
                new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_management}/{verb}")), body);
            response.EnsureSuccessStatusCode();
        }
    }

    public ValueTask DisposeAsync()
    {
        _pebble?.Dispose();
        _names?.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task StartPebbleAsync(int rejectedNonces = 5)
    {
        _pebble = new RunningProgram("pebble",
        [
            "-config",
            Path.Combine(_folder, "pebble.json"),
            "-dnsserver",
            $"{Address}:53",
        ], new Dictionary<string, string?>
        {
            ["PEBBLE_VA_NOSLEEP"] = "1",
            ["PEBBLE_WFE_NONCEREJECT"] = rejectedNonces.ToString(CultureInfo.InvariantCulture),
        });
        await FreePort.AnswersAsync(_statistics, "pebble");
    }
}
