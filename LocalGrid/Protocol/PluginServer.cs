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

namespace TfgridCompose.LocalGrid.Protocol;

/// <summary>
/// Serves a provider to one client, Terraform (https://github.com/hashicorp/go-plugin/blob/main/docs/internals.md).
/// </summary>
/// <param name="socket">Path of the Unix socket; null for a loopback port.</param>
/// <param name="certificate">Null for no TLS.</param>
internal sealed class PluginServer(ProviderService provider, string? socket, ServerCertificate? certificate)
{
    // Terraform gives a plugin a minute to start, and connects at once.
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromMinutes(2);

    private readonly GrpcDispatch _dispatch = new(provider);

    /// <summary>Returns when the client is done or gone.</summary>
    /// <param name="handshake">Where the client reads how to connect: one line.</param>
    /// <param name="clientEnds">Completes when the client's process ends, whether it has connected or not.</param>
    /// <param name="ended">Called before the server is shut down, which takes time.</param>
    public async Task RunAsync(Stream handshake, Task clientEnds, Action? ended = null)
    {
        await using WebApplication app = Build();
        await app.StartAsync();
        byte[] line = Encoding.ASCII.GetBytes(Handshake(app));
        await handshake.WriteAsync(line);
        await handshake.FlushAsync();
        await Task.WhenAny(_dispatch.Ended, clientEnds, NobodyComesAsync());
        if (socket is not null)
        {
            File.Delete(socket);
        }

        ended?.Invoke();
    }

    private async Task NobodyComesAsync()
    {
        await Task.WhenAny(_dispatch.Connected, Task.Delay(ConnectLimit));
        await (_dispatch.Connected.IsCompleted ? _dispatch.Ended : Task.CompletedTask);
    }

    private WebApplication Build()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore();
        builder.Services.AddSingleton<IHostLifetime, PluginLifetime>();
        if (certificate is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.WebHost.ConfigureKestrel(Listen);
        WebApplication app = builder.Build();
        app.Run(_dispatch.HandleAsync);
        return app;
    }

    private void Listen(KestrelServerOptions kestrel)
    {
        kestrel.Limits.MaxRequestBodySize = null;
        if (socket is not null)
        {
            File.Delete(socket);
            kestrel.ListenUnixSocket(socket, Configure);
        }
        else
        {
            kestrel.Listen(IPAddress.Loopback, 0, Configure);
        }
    }

    private void Configure(ListenOptions listener)
    {
        listener.Protocols = HttpProtocols.Http2;
        if (certificate is not null)
        {
            listener.UseHttps(new HttpsConnectionAdapterOptions
            {
                ServerCertificate = certificate.Certificate,
                ClientCertificateMode = ClientCertificateMode.RequireCertificate,
                ClientCertificateValidation = (client, _, _) => certificate.IsClient(client),
            });
        }
    }

    private string Handshake(WebApplication app)
    {
        ICollection<string>? addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses;
        string endpoint = socket is not null
            ? $"unix|{socket}"
            : $"tcp|127.0.0.1:{new Uri(addresses?.First() ?? "http://127.0.0.1:0").Port}";
        return $"1|5|{endpoint}|grpc{(certificate is null ? "" : $"|{certificate.ForHandshake}")}\n";
    }
}
