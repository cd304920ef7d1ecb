using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace TfgridCompose.EndToEnd.Tests.Support;

/// <summary>One HTTP/1.1 connection, read by hand: a client library would hide a dropped one by asking again.</summary>
internal sealed class LoadConnection(string address, int port) : IDisposable
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private Socket? _socket;

    public bool IsOpen => _socket is not null;

    /// <summary>Whether a byte of the last answer came.</summary>
    public bool GotAny { get; private set; }

    public async Task<(int Status, string Body)> AskAsync(byte[] request, CancellationToken cancellation)
    {
        GotAny = false;
        if (_socket is null)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(address, port, cancellation);
            }
            catch
            {
                socket.Dispose();
                throw;
            }

            _socket = socket;
        }

        await _socket.SendAsync(request, SocketFlags.None, cancellation);
        return await AnswerAsync(_socket, cancellation);
    }

    public void Close()
    {
        _socket?.Dispose();
        _socket = null;
    }

    public void Dispose() => Close();

    private async Task<(int Status, string Body)> AnswerAsync(Socket socket, CancellationToken cancellation)
    {
        string text = "";
        int head = -1;
        int? length = null;
        while (head < 0 || text.Length < head + 4 + length)
        {
            int got = await socket.ReceiveAsync(_buffer, SocketFlags.None, cancellation);
            if (got == 0)
            {
                throw new IOException(GotAny ? "the answer ended in the middle" : "closed without an answer");
            }

            GotAny = true;
            text += Encoding.Latin1.GetString(_buffer, 0, got);
            head = head < 0 ? text.IndexOf("\r\n\r\n", StringComparison.Ordinal) : head;
            length ??= head < 0 ? null : int.Parse(Header(text[..head], "content-length") ?? "0", CultureInfo.InvariantCulture);
        }

        if (Header(text[..head], "connection") is "close")
        {
            Close();
        }

        return (int.Parse(text.AsSpan(9, 3), CultureInfo.InvariantCulture), text[(head + 4)..]);
    }

    private static string? Header(string head, string name) => head.Split("\r\n").Skip(1)
        .Select(line => line.Split(':', 2))
        .Where(pair => pair[0].Equals(name, StringComparison.OrdinalIgnoreCase))
        .Select(pair => pair[1].Trim().ToLowerInvariant())
        .FirstOrDefault();
}
