using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TfgridCompose.Core.Tools.Checks;

/// <summary>
/// Asks a machine for a page over plain HTTP and reads no more than the status. An <c>up</c> with nothing to do waits
/// for this, and the first use of HttpClient costs it 60 ms of compiling.
/// </summary>
internal static class HttpProbe
{
    private const int LongestHead = 64 * 1024;
    private const int FirstFinalStatus = 200;
    private const int LongestQuote = 60;

    /// <summary>Any status that the server sends; null if nothing came within the limit.</summary>
    /// <exception cref="SocketException">The connection failed.</exception>
    /// <exception cref="IOException">The answer is not HTTP.</exception>
    public static Task<int?> StatusAsync(
        string address, int port, string path, TimeSpan limit, CancellationToken cancellation) =>
        StatusAsync(address, IPAddress.Parse(address), port, path, limit, cancellation);

    /// <summary>The same, connected to another address than the one in the request.</summary>
    public static Task<int?> StatusAsync(
        string address, IPAddress target, int port, string path, TimeSpan limit, CancellationToken cancellation) =>
        Task.Run(() => Status(address, target, port, path, limit, cancellation), cancellation);

    private static int? Status(
        string address, IPAddress ip, int port, string path, TimeSpan limit, CancellationToken cancellation)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var socket = new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp);

        // Closing the socket ends the wait.
        using CancellationTokenRegistration closing = bound.Token.Register(socket.Dispose);
        bound.CancelAfter(limit);
        try
        {
            socket.Connect(ip, port);
            socket.Send(Request(address, port, path));
            return FinalStatus(socket);
        }
        catch (Exception closed) when (bound.IsCancellationRequested && closed is SocketException or ObjectDisposedException)
        {
            cancellation.ThrowIfCancellationRequested();
            return null;
        }
    }

    private static byte[] Request(string address, int port, string path)
    {
        string host = address.Contains(':') ? $"[{address}]" : address;
        string authority = string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");
        string target = new Uri($"http://{authority}{path}").PathAndQuery;
        return Encoding.ASCII.GetBytes(
            $"GET {target} HTTP/1.1\r\nHost: {authority}\r\nAccept: */*\r\nConnection: close\r\n\r\n");
    }

    // A server may send 100 or 103 before its answer.
    private static int FinalStatus(Socket socket)
    {
        byte[] buffer = new byte[4096];
        string head = "";
        while (head.Length < LongestHead)
        {
            int count = socket.Receive(buffer);
            head += Encoding.Latin1.GetString(buffer, 0, count);
            while (head.Contains('\n'))
            {
                int status = StatusOf(head[..head.IndexOf('\n')].TrimEnd());
                int end = head.IndexOf("\r\n\r\n", StringComparison.Ordinal);
                if (status >= FirstFinalStatus)
                {
                    return status;
                }

                if (end < 0)
                {
                    break;
                }

                head = head[(end + 4)..];
            }

            if (count == 0)
            {
                throw new IOException(head.Length == 0
                    ? "the connection was closed without an answer"
                    : $"the answer ends with '{Start(head)}'");
            }
        }

        throw new IOException("the header of its answer is too long");
    }

    private static int StatusOf(string line) =>
        line.StartsWith("HTTP/1.", StringComparison.Ordinal)
        && line.Split(' ') is [_, { Length: 3 } status, ..]
        && int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new IOException($"it answered '{Start(line)}', which is not HTTP");

    private static string Start(string text) => (text.Length > LongestQuote ? text[..LongestQuote] : text).TrimEnd();
}
