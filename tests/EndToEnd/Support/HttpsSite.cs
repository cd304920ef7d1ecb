using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace TfgridCompose.EndToEnd.Tests.Support;

/// <summary>What somebody sees who asks a name that leads to an address.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Location">Where it redirects to, or null.</param>
/// <param name="Body">The page.</param>
/// <param name="Certificate">Of an https answer: subject, serial number and end.</param>
internal sealed record HttpsSite(
    HttpStatusCode Status, string? Location, string Body, (string Subject, string Serial, DateTime Until)? Certificate)
{
    /// <summary>
    /// Over HTTP/2 for https. The certificate must be for the name, but anybody may have signed it: the test's authority is in no store.
    /// </summary>
    public static async Task<HttpsSite> AskAsync(string url, string address)
    {
        (string, string, DateTime)? seen = null;
        var target = new Uri(url);
        using var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(address, target.Port, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        // A resumed session would show the certificate of its start.
        handler.SslOptions.AllowTlsResume = false;
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
        {
            using var copy = new X509Certificate2(certificate!);
            seen = (copy.Subject, copy.SerialNumber, copy.NotAfter);
            return !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch);
        };
        using var client = new HttpClient(handler)
        {
            Timeout = TimeSpan.FromSeconds(10),
            DefaultRequestVersion = target.Scheme == "https" ? HttpVersion.Version20 : HttpVersion.Version11,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using HttpResponseMessage response = await client.GetAsync(target);
        return new HttpsSite(response.StatusCode, response.Headers.Location?.ToString(), await response.Content.ReadAsStringAsync(), seen);
    }
}
