using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using TfgridCompose.Tests.Shared;

namespace TfgridCompose.Core.Tests.Plugins.Packages;

/// <summary>
/// A NuGet v3 feed on this machine: index, flat container, and registrations where asked for. It hands out any bytes as
/// they are.
/// </summary>
internal sealed class LoopbackFeed : IDisposable
{
    private readonly HttpListener _listener;
    private readonly Dictionary<(string Id, string Version), byte[]?> _packages = [];
    private readonly HashSet<string> _withdrawn = [];
    private readonly Task _serving;

    public LoopbackFeed()
    {
        (_listener, Root) = LoopbackListener.Start();
        _serving = Task.Run(ServeAsync);
    }

    public string Root { get; }

    public string Index => $"{Root}/v3/index.json";

    public bool SaysWhatIsWithdrawn { get; init; }

    /// <summary>Wanted in every request, or null.</summary>
    public string? Authorization { get; init; }

    /// <summary>Without a content it is listed and not there.</summary>
    public void Add(string version, byte[]? content, string id = TestPackage.Id) => _packages[(id.ToLowerInvariant(), version)] = content;

    public void Withdraw(string version) => _withdrawn.Add(version);

    public void Dispose()
    {
        _listener.Close();
        _serving.Wait(TimeSpan.FromSeconds(5));
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception) when (!_listener.IsListening)
            {
                return;
            }

            try
            {
                byte[]? answer = Authorization is null || context.Request.Headers["Authorization"] == Authorization
                    ? Answer(context.Request.Url!.AbsolutePath)
                    : null;
                bool refused = Authorization is not null && context.Request.Headers["Authorization"] != Authorization;
                context.Response.StatusCode = refused ? 401 : answer is null ? 404 : 200;
                if (refused)
                {
                    context.Response.AddHeader("WWW-Authenticate", "Basic realm=\"feed\"");
                }

                context.Response.Close(answer ?? [], willBlock: false);
            }
            catch (HttpListenerException)
            {
                // The client went away.
            }
        }
    }

    private byte[]? Answer(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["v3", "index.json"] => Json(new { version = "3.0.0", resources = Resources() }),
        ["flat", var id, "index.json"] when Versions(id).Length > 0 => Json(new { versions = Versions(id) }),
        ["flat", var id, var version, _] => _packages.GetValueOrDefault((id, version)),
        ["registration", var id, "index.json"] when Versions(id).Length > 0 => Json(Registration(id)),
        _ => null,
    };

    private List<Dictionary<string, string>> Resources()
    {
        List<Dictionary<string, string>> resources = [new() { ["@id"] = $"{Root}/flat/", ["@type"] = "PackageBaseAddress/3.0.0" }];
        if (SaysWhatIsWithdrawn)
        {
            resources.Add(new() { ["@id"] = $"{Root}/registration/", ["@type"] = "RegistrationsBaseUrl" });
        }

        return resources;
    }

    private string[] Versions(string id) => [.. _packages.Keys.Where(key => key.Id == id).Select(key => key.Version)];

    private Dictionary<string, object> Registration(string id)
    {
        string[] versions = Versions(id);
        object[] leaves = [.. versions.Select(version => new Dictionary<string, object>
        {
            ["@id"] = $"{Root}/registration/{id}/{version}.json",
            ["catalogEntry"] = new Dictionary<string, object>
            {
                ["@id"] = $"{Root}/c/{version}",
                ["id"] = id,
                ["version"] = version,
                ["listed"] = !_withdrawn.Contains(version),
            },
            ["packageContent"] = $"{Root}/flat/{id}/{version}/{id}.{version}.nupkg",
        })];
        return new()
        {
            ["count"] = 1,
            ["items"] = new object[]
            {
                new Dictionary<string, object>
                {
                    ["@id"] = $"{Root}/registration/{id}/index.json#page",
                    ["count"] = versions.Length,
                    ["lower"] = versions.Min()!,
                    ["upper"] = versions.Max()!,
                    ["items"] = leaves,
                },
            },
        };
    }

    private static byte[] Json(object value) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(value));
}
