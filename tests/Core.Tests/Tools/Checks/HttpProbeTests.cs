using System.Net;
using System.Net.Sockets;
using System.Text;
using TfgridCompose.Core.Tools.Checks;

namespace TfgridCompose.Core.Tests.Tools.Checks;

/// <summary>Real sockets on this machine's loopback.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class HttpProbeTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private readonly TcpListener _server = new(IPAddress.Loopback, 0);

    public HttpProbeTests() => _server.Start();

    private int Port => ((IPEndPoint)_server.LocalEndpoint).Port;

    public void Dispose() => _server.Dispose();

    [TestCase("HTTP/1.1 200 OK\r\n\r\n", 200)]
    [TestCase("HTTP/1.0 404\r\n", 404)]
    [TestCase("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 301 Moved\r\n\r\n", 301)]
    [TestCase("HTTP/1.1 |5|03 Busy\r\n", 503)]
    public async Task The_final_status_counts_however_it_arrives(string answer, int status)
    {
        Task<string> asked = ServeAsync(answer.Split('|'));

        Assert.That(await AskAsync("/a b?c=ü"), Is.EqualTo(status));
        Assert.That(
            await asked,
            Does.StartWith("GET /a%20b?c=%C3%BC HTTP/1.1\r\n").And.Contain($"\r\nHost: 127.0.0.1:{Port}\r\n").And.EndWith("\r\n\r\n"));
    }

    [TestCase("SSH-2.0-OpenSSH_9.2\r\n", "it answered 'SSH-2.0-OpenSSH_9.2', which is not HTTP")]
    [TestCase("HTTP/1.1 abc\r\n", "it answered 'HTTP/1.1 abc', which is not HTTP")]
    [TestCase("", "the connection was closed without an answer")]
    [TestCase("HTTP/1.1 2", "the answer ends with 'HTTP/1.1 2'")]
    public async Task What_is_no_answer_is_said_to_be_none(string answer, string problem)
    {
        Task<string> asked = ServeAsync(answer);

        IOException thrown = (await Assert.ThrowsAsync<IOException>(() => AskAsync("/")))!;

        Assert.That(thrown.Message, Is.EqualTo(problem));
        await asked;
    }

    [Test]
    public async Task A_server_that_says_nothing_ends_with_the_limit() => Assert.That(
        await HttpProbe.StatusAsync("127.0.0.1", Port, "/", TimeSpan.FromMilliseconds(200), CancellationToken.None), Is.Null);

    [Test]
    public async Task A_cancelled_one_ends_at_once()
    {
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThatAsync(
            () => HttpProbe.StatusAsync("127.0.0.1", Port, "/", TimeSpan.FromMinutes(5), cancelled.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Where_nobody_listens_the_socket_says_so()
    {
        int port = Port;
        _server.Stop();

        SocketException thrown = (await Assert.ThrowsAsync<SocketException>(
            () => HttpProbe.StatusAsync("127.0.0.1", port, "/", Limit, CancellationToken.None)))!;

        Assert.That(thrown.SocketErrorCode, Is.EqualTo(SocketError.ConnectionRefused));
    }

    private Task<int?> AskAsync(string path) => HttpProbe.StatusAsync("127.0.0.1", Port, path, Limit, CancellationToken.None);

    // Reads the request, answers in parts, and closes.
    private async Task<string> ServeAsync(params string[] parts)
    {
        using TcpClient client = await _server.AcceptTcpClientAsync();
        await using NetworkStream stream = client.GetStream();
        byte[] buffer = new byte[4096];
        string request = "";
        while (!request.EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            request += Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer));
        }

        foreach (string part in parts)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(part));
            await stream.FlushAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        return request;
    }
}
