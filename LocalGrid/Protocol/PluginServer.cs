using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TfgridCompose.LocalGrid.Machines;
using TfgridCompose.LocalGrid.Provider;

namespace TfgridCompose.LocalGrid.Protocol;

/// <summary>
/// Serves a provider to the Terraform that started this process (https://github.com/hashicorp/go-plugin/blob/main/docs/internals.md).
/// </summary>
internal static class PluginServer
{
    public const string CookieVariable = "TF_PLUGIN_MAGIC_COOKIE";

    // A socket path must fit sockaddr_un.
    private const int LongestSocketPath = 100;

    public static async Task RunAsync(ProviderService provider)
    {
        SkipTrustStore();
        using var finish = new FinishWork();
        using var certificate = ServerCertificate.ForClient(Environment.GetEnvironmentVariable("PLUGIN_CLIENT_CERT"));
        var socket = SocketPath();
        var dispatch = new GrpcDispatch(provider);
        await using var app = Build(socket, certificate, dispatch);
        await app.StartAsync();
        Announce(app, socket, certificate);
        await dispatch.Ended;
        if (socket is not null)
        {
            File.Delete(socket);
        }

        Libc.ExitNow(0);
    }

    // TLS start-up reads every root certificate of the machine, 100 ms, and this server trusts exactly one client.
    // The runtime's own SetEnvironmentVariable does not reach OpenSSL's getenv.
    private static void SkipTrustStore()
    {
        _ = Libc.SetEnvironment("SSL_CERT_DIR", "/nonexistent", 1);
        _ = Libc.SetEnvironment("SSL_CERT_FILE", "/nonexistent", 1);
    }

    private static string? SocketPath() => new[] { Path.GetTempPath(), "/tmp" }
        .Select(directory => Path.Combine(directory, $"tfgrid-localgrid-{Environment.ProcessId}.sock"))
        .FirstOrDefault(path => path.Length < LongestSocketPath);

    private static WebApplication Build(string? socket, ServerCertificate? certificate, GrpcDispatch dispatch)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore();
        builder.Services.AddSingleton<IHostLifetime, PluginLifetime>();
        if (certificate is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, socket, listener =>
        {
            listener.Protocols = HttpProtocols.Http2;
            if (certificate is not null)
            {
                listener.UseHttps(Https(certificate));
            }
        }));
        var app = builder.Build();
        app.Run(dispatch.HandleAsync);
        return app;
    }

    private static void Listen(KestrelServerOptions kestrel, string? socket, Action<ListenOptions> configure)
    {
        kestrel.Limits.MaxRequestBodySize = null;
        if (socket is not null)
        {
            File.Delete(socket);
            kestrel.ListenUnixSocket(socket, configure);
        }
        else
        {
            kestrel.Listen(IPAddress.Loopback, 0, configure);
        }
    }

    private static HttpsConnectionAdapterOptions Https(ServerCertificate certificate) => new()
    {
        ServerCertificate = certificate.Certificate,
        ClientCertificateMode = ClientCertificateMode.RequireCertificate,
        ClientCertificateValidation = (client, _, _) => certificate.IsClient(client),
    };

    // The first line on stdout; Terraform reads the address and our certificate from it.
    private static void Announce(WebApplication app, string? socket, ServerCertificate? certificate)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses;
        var endpoint = socket is not null ? $"unix|{socket}" : $"tcp|127.0.0.1:{new Uri(addresses?.First() ?? "http://127.0.0.1:0").Port}";
        var line = $"1|5|{endpoint}|grpc{(certificate is null ? "" : $"|{certificate.ForHandshake}")}\n";
        using var output = Console.OpenStandardOutput();
        output.Write(Encoding.ASCII.GetBytes(line));
        output.Flush();
    }
}
