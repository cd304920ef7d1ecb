using System.Net;
using System.Text;
using System.Text.Json;
using TfgridCompose.Tests.Shared;

namespace TfgridCompose.EndToEnd.Tests.Support;

/// <summary>
/// The local grid as a paid one: GridProxy's answers over HTTP, and a home whose Terraform finds the local grid's provider where the
/// registry's would be.
/// </summary>
internal sealed class LocalGridProxy : IDisposable
{
    private readonly HttpListener _listener;
    private readonly Lab _lab;
    private readonly Task _serving;

    private LocalGridProxy(Lab lab)
    {
        _lab = lab;
        (_listener, string url) = LoopbackListener.Start();
        lab.Environment["PROXY_URL"] = url;
        _serving = Task.Run(ServeAsync);
    }

    /// <summary>Turns <c>--grid main</c> of this lab into the local grid.</summary>
    public static async Task<LocalGridProxy> OfAsync(Lab lab)
    {
        (await lab.RunToolAsync(Product.LocalGrid, "mirror", lab.In("mirror"))).MustEndWith(0);
        await File.WriteAllTextAsync(Path.Combine(lab.Home, ".terraformrc"), Mirror(lab));
        await File.WriteAllTextAsync(Path.Combine(lab.Home, ".tofurc"), Mirror(lab));
        lab.Environment["TF_VAR_mnemonic"] = "words that own a wallet";
        lab.Environment["TFGRID_LOCALGRID"] = Product.LocalGrid;
        return new LocalGridProxy(lab);
    }

    public void Dispose()
    {
        _listener.Close();
        _serving.Wait(TimeSpan.FromSeconds(5));
    }

    private static string Mirror(Lab lab) => $$"""
        disable_checkpoint = true
        provider_installation {
          filesystem_mirror {
            path    = "{{lab.In("mirror")}}"
            include = ["registry.terraform.io/threefoldtech/*", "registry.opentofu.org/threefoldtech/*"]
          }
        }
        """;

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                await AnswerAsync(context.Request.Url!.PathAndQuery, context.Response);
            }
            catch (Exception) when (!_listener.IsListening)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(string query, HttpListenerResponse response)
    {
        // The one account of the local grid is twin 1, whatever number the user has.
        ProgramResult result = await _lab.RunToolAsync(Product.LocalGrid, "query", query);
        using var envelope = JsonDocument.Parse(result.Output);
        if (envelope.RootElement.TryGetProperty("headers", out JsonElement headers))
        {
            foreach (JsonProperty header in headers.EnumerateObject())
            {
                response.Headers[header.Name] = header.Value.GetString();
            }
        }

        byte[] bytes = Encoding.UTF8.GetBytes(envelope.RootElement.GetProperty("body").GetRawText());
        response.StatusCode = envelope.RootElement.GetProperty("status").GetInt32();
        response.ContentType = "application/json";
        response.ContentLength64 = bytes.Length;
        await response.OutputStream.WriteAsync(bytes);
        response.Close();
    }
}
