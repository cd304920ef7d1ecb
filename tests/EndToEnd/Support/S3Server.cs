using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace TfgridCompose.EndToEnd.Tests.Support;

/// <summary>An S3-compatible server with the bucket <c>my-tfgrid-state</c>, and a DynamoDB with the table <c>locks</c>.</summary>
internal sealed class S3Server : IAsyncDisposable
{
    public const string Bucket = "my-tfgrid-state";
    public const string Table = "locks";

    private const string CreateTable = """
        {
          "TableName": "locks",
          "AttributeDefinitions": [{"AttributeName": "LockID", "AttributeType": "S"}],
          "KeySchema": [{"AttributeName": "LockID", "KeyType": "HASH"}],
          "BillingMode": "PAY_PER_REQUEST"
        }
        """;

    private static readonly string Programs = Path.Combine(Product.Repository, "artifacts", "state-servers", "node_modules");
    private readonly string _folder = Directory.CreateTempSubdirectory("tfc-s3-").FullName;
    private readonly int _port = FreePort.Take();
    private readonly int _lockPort = FreePort.Take();
    private readonly RunningProgram _objects;
    private readonly RunningProgram _locks;

    private S3Server()
    {
        Assert.That(Directory.Exists(Programs), $"{Programs} is missing; scripts/prepare.sh tests installs it");
        _objects = Node(
            "s3rver/bin/s3rver.js", "--directory", _folder, "--address", "127.0.0.1", "--port", Text(_port), "--silent",
            "--configure-bucket", Bucket);
        _locks = Node("dynalite/cli.js", "--host", "127.0.0.1", "--port", Text(_lockPort), "--createTableMs", "0");
    }

    /// <summary>What a user has in the environment: the credentials, and where the servers are.</summary>
    public IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?>
    {
        ["AWS_ACCESS_KEY_ID"] = "S3RVER",
        ["AWS_SECRET_ACCESS_KEY"] = "S3RVER",
        ["AWS_ENDPOINT_URL_S3"] = $"http://127.0.0.1:{Text(_port)}",
        ["AWS_ENDPOINT_URL_DYNAMODB"] = $"http://127.0.0.1:{Text(_lockPort)}",
    };

    /// <summary>The objects in the bucket, by name.</summary>
    public IReadOnlyList<string> Objects =>
    [
        .. Directory.EnumerateFiles(Path.Combine(_folder, Bucket), "*._S3rver_object", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Path.Combine(_folder, Bucket), file))
            .Select(name => name.Replace("._S3rver_object", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    public static async Task<S3Server> StartAsync()
    {
        var server = new S3Server();
        await FreePort.AnswersAsync(server._port, "s3rver");
        await FreePort.AnswersAsync(server._lockPort, "dynalite");
        await server.CreateTableAsync();
        return server;
    }

    public ValueTask DisposeAsync()
    {
        _objects.Dispose();
        _locks.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task CreateTableAsync()
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{Text(_lockPort)}/")
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(CreateTable)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        request.Headers.TryAddWithoutValidation("X-Amz-Target", "DynamoDB_20120810.CreateTable");
        request.Headers.TryAddWithoutValidation("X-Amz-Date", "20260101T000000Z");
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=0");
        using HttpResponseMessage response = await client.SendAsync(request);
        Assert.That(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    private static RunningProgram Node(string script, params string[] arguments) =>
        new("node", [Path.Combine(Programs, script), .. arguments], new Dictionary<string, string?> { ["NODE_NO_WARNINGS"] = "1" });

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
