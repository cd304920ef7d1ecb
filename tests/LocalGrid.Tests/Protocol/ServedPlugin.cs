using System.IO.Pipes;
using System.Security.Cryptography.X509Certificates;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Protocol;
using TfgridCompose.LocalGrid.Provider;
using TfgridCompose.LocalGrid.Tests.Support;

namespace TfgridCompose.LocalGrid.Tests.Protocol;

/// <summary>The real server in this process, and a client that is connected to it.</summary>
internal sealed class ServedPlugin : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly AnonymousPipeServerStream _handshake = new(PipeDirection.In);
    private readonly ServerCertificate? _certificate;
    private readonly Task _server;

    private ServedPlugin(ProviderService provider, string? socket, X509Certificate2? client)
    {
        _certificate = ServerCertificate.ForClient(client?.ExportCertificatePem());
        var output = new AnonymousPipeClientStream(PipeDirection.Out, _handshake.ClientSafePipeHandle);
        _server = Task.Run(() => new PluginServer(provider, socket, _certificate).RunAsync(output, ClientEnds.Task, () => Ended()));
    }

    /// <summary>Completed by a test whose client's process ends.</summary>
    public TaskCompletionSource ClientEnds { get; } = new();

    public string Handshake { get; private set; } = "";

    public PluginClient Client { get; private set; } = null!;

    /// <summary>Called when the server reports its end.</summary>
    public Action Ended { get; set; } = () => { };

    private bool IsEnded => _server.IsCompleted;

    public static Task<ServedPlugin> StartAsync(FakeComputer computer, FakeEngine engine, string? socket) =>
        StartAsync(new ProviderService(GridProvider.Kinds(computer.Store, engine)), socket);

    public static async Task<ServedPlugin> StartAsync(ProviderService provider, string? socket, X509Certificate2? client = null)
    {
        var plugin = new ServedPlugin(provider, socket, client);
        using var reader = new StreamReader(plugin._handshake, leaveOpen: true);
        plugin.Handshake = await reader.ReadLineAsync().WaitAsync(Limit) ?? "";
        plugin.Client = new PluginClient(plugin.Handshake, client);
        return plugin;
    }

    public Task WaitForEndAsync() => _server.WaitAsync(Limit);

    public async ValueTask DisposeAsync()
    {
        if (!IsEnded)
        {
            await Client.SendAsync("/plugin.GRPCController/Shutdown");
        }

        // The server waits until the client has closed its connection.
        Client.Dispose();
        await WaitForEndAsync();
        _certificate?.Dispose();
        await _handshake.DisposeAsync();
    }
}
