using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace TfgridCompose.Tests.Shared;

/// <summary>A server for Terraform's http backend: keeps states by path and says yes to every lock.</summary>
internal sealed class HttpBackend : IDisposable
{
    private readonly HttpListener _listener;

    public HttpBackend()
    {
        (_listener, Address) = LoopbackListener.Start();
        _ = ServeAsync();
    }

    public string Address { get; }

    public ConcurrentDictionary<string, byte[]> States { get; } = new();

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        try
        {
            while (_listener.IsListening)
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                try
                {
                    await AnswerAsync(context);
                }
                catch (Exception problem) when (problem is HttpListenerException or IOException or ObjectDisposedException)
                {
                    // This client has gone, as one does that is killed; the others are still served.
                }
            }
        }
        catch (Exception end) when (end is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        string path = context.Request.Url!.AbsolutePath;
        using HttpListenerResponse response = context.Response;
        if (context.Request.HttpMethod == "POST")
        {
            using var body = new MemoryStream();
            await context.Request.InputStream.CopyToAsync(body);
            if (context.Request.ContentLength64 is var length && (length < 0 || length == body.Length))
            {
                States[path] = body.ToArray();
            }
        }
        else if (context.Request.HttpMethod == "GET")
        {
            response.StatusCode = States.TryGetValue(path, out byte[]? state) ? 200 : 404;
            await response.OutputStream.WriteAsync(state ?? []);
        }
    }
}
