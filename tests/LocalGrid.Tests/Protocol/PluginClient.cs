using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;

namespace TfgridCompose.LocalGrid.Tests.Protocol;

/// <summary>The part of Terraform that the protocol needs: connects as the handshake line says, and makes calls.</summary>
internal sealed class PluginClient : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly HttpClient _http;
    private readonly string _scheme;

    /// <param name="certificate">Terraform's own; null: without TLS.</param>
    public PluginClient(string handshake, X509Certificate2? certificate = null)
    {
        string[] words = handshake.Split('|');
        _scheme = certificate is null ? "http" : "https";
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
                new NetworkStream(await ConnectAsync(words[2], words[3], cancellation), ownsSocket: true),
        };
        if (certificate is not null)
        {
            handler.SslOptions = new SslClientAuthenticationOptions
            {
                ClientCertificates = [certificate],
                RemoteCertificateValidationCallback = (_, server, _, _) =>
                    Convert.ToBase64String(server!.GetRawCertData()).TrimEnd('=') == words[5],
            };
        }

        _http = new HttpClient(handler) { Timeout = Limit };
    }

    /// <summary>A certificate for one run, as Terraform makes it.</summary>
    public static X509Certificate2 NewCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=terraform", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddHours(1));
    }

    public async Task<TResponse> CallAsync<TResponse>(string method, IMessage request)
        where TResponse : IMessage<TResponse>, new()
    {
        (byte[] body, string? status, string? message) = await SendAsync($"/tfplugin5.Provider/{method}", request);
        Assert.That(status, Is.EqualTo("0"), message);
        var response = new TResponse();
        response.MergeFrom(body);
        return response;
    }

    public async Task<(byte[] Body, string? Status, string? Message)> SendAsync(string path, IMessage? request = null)
    {
        using HttpRequestMessage call = Request(path, request);
        using HttpResponseMessage response = await _http.SendAsync(call);
        byte[] frame = await response.Content.ReadAsByteArrayAsync();
        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/grpc"));
        if (frame.Length > 0)
        {
            Assert.That(frame[0], Is.Zero, "not compressed");
            Assert.That(BinaryPrimitives.ReadInt32BigEndian(frame.AsSpan(1)), Is.EqualTo(frame.Length - 5));
        }

        return (frame.Length > 0 ? frame[5..] : frame, Trailer(response, "grpc-status"), Trailer(response, "grpc-message"));
    }

    /// <summary>A stream that stays open until it is disposed of.</summary>
    public async Task<IDisposable> OpenAsync(string path)
    {
        HttpResponseMessage response = await _http.SendAsync(Request(path, null), HttpCompletionOption.ResponseHeadersRead);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        return response;
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(string path, IMessage? request)
    {
        byte[] message = request?.ToByteArray() ?? [];
        byte[] frame = new byte[5 + message.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);
        return new HttpRequestMessage(HttpMethod.Post, $"{_scheme}://localhost{path}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(frame),
        };
    }

    private static async Task<Socket> ConnectAsync(string kind, string address, CancellationToken cancellation)
    {
        if (kind == "unix")
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(address), cancellation);
            return socket;
        }

        var tcp = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await tcp.ConnectAsync(IPEndPoint.Parse(address), cancellation);
        return tcp;
    }

    private static string? Trailer(HttpResponseMessage response, string name) =>
        response.TrailingHeaders.TryGetValues(name, out IEnumerable<string>? values) ? values.Single() : null;
}
