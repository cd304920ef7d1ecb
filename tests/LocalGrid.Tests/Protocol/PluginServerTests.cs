using System.Security.Cryptography.X509Certificates;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Protocol;
using TfgridCompose.LocalGrid.Protocol.Wire;
using TfgridCompose.LocalGrid.Provider;
using TfgridCompose.LocalGrid.Schemas;
using TfgridCompose.LocalGrid.Tests.Support;

namespace TfgridCompose.LocalGrid.Tests.Protocol;

/// <summary>The real server and a small client, as Terraform starts and calls a provider.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PluginServerTests : IDisposable
{
    private readonly FakeEngine _engine = new();
    private readonly FakeComputer _computer = new();

    private string Socket => _computer.In("/plugin.sock");

    private ProviderService Provider => new(GridProvider.Kinds(_computer.Store, _engine));

    public void Dispose() => _computer.Dispose();

    [Test]
    public async Task The_handshake_names_protocol_5_and_a_unix_socket_that_answers_over_grpc()
    {
        _computer.Write("/plugin.sock", "left by a killed one");

        await using ServedPlugin plugin = await ServedPlugin.StartAsync(_computer, _engine, Socket);

        Assert.That(plugin.Handshake, Is.EqualTo($"1|5|unix|{Socket}|grpc"));
        GetProviderSchemaResponse schema = await plugin.Client.CallAsync<GetProviderSchemaResponse>(
            "GetSchema", new GetProviderSchemaRequest());
        Assert.That(schema.ResourceSchemas.Keys, Is.EquivalentTo(GridSchemas.Resources.Keys));
    }

    [Test]
    public async Task Where_a_socket_path_would_be_too_long_a_loopback_port_answers()
    {
        await using ServedPlugin plugin = await ServedPlugin.StartAsync(_computer, _engine, null);

        Assert.That(plugin.Handshake, Does.Match(@"^1\|5\|tcp\|127\.0\.0\.1:[1-9][0-9]*\|grpc$"));
        await plugin.Client.CallAsync<ConfigureResponse>("Configure", new ConfigureRequest());
    }

    [Test]
    public async Task A_client_that_ends_before_it_has_connected_ends_the_server()
    {
        await using ServedPlugin plugin = await ServedPlugin.StartAsync(_computer, _engine, Socket);

        plugin.ClientEnds.SetResult();

        await plugin.WaitForEndAsync();
    }

    [Test]
    public async Task With_tls_each_side_knows_the_others_certificate()
    {
        using X509Certificate2 terraform = PluginClient.NewCertificate();
        await using ServedPlugin plugin = await ServedPlugin.StartAsync(Provider, Socket, terraform);

        Assert.That(plugin.Handshake, Does.StartWith($"1|5|unix|{Socket}|grpc|").And.Not.Contain("="));
        await plugin.Client.CallAsync<StopResponse>("Stop", new StopRequest());
    }

    [Test]
    public async Task A_client_that_is_not_the_one_that_started_it_is_turned_away()
    {
        using X509Certificate2 terraform = PluginClient.NewCertificate();
        using X509Certificate2 stranger = PluginClient.NewCertificate();
        await using ServedPlugin plugin = await ServedPlugin.StartAsync(Provider, Socket, terraform);
        using var client = new PluginClient(plugin.Handshake, stranger);

        Assert.That(async () => await client.SendAsync("/tfplugin5.Provider/Stop"), Throws.InstanceOf<HttpRequestException>());
    }

    [Test]
    public void Without_a_clients_certificate_there_is_no_tls()
    {
        Assert.That(ServerCertificate.ForClient(null), Is.Null);
        Assert.That(ServerCertificate.ForClient(""), Is.Null);
    }

    [Test]
    public void The_servers_certificate_is_for_localhost_and_for_this_run()
    {
        using X509Certificate2 client = PluginClient.NewCertificate();
        using X509Certificate2 other = PluginClient.NewCertificate();
        using ServerCertificate server = ServerCertificate.ForClient(client.ExportCertificatePem())!;

        Assert.That(server.Certificate.MatchesHostname("localhost"));
        Assert.That(server.Certificate.NotBefore, Is.LessThan(DateTime.Now));
        Assert.That(server.Certificate.NotAfter, Is.EqualTo(DateTime.Now.AddDays(30)).Within(TimeSpan.FromMinutes(5)));
        Assert.That(server.Certificate.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority, "Go wants a CA");
        Assert.That((server.IsClient(client), server.IsClient(other)), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task A_call_that_does_not_exist_is_unimplemented()
    {
        await using ServedPlugin plugin = await ServedPlugin.StartAsync(_computer, _engine, Socket);

        Assert.That(await plugin.Client.SendAsync("/tfplugin5.Provider/Nothing"), Is.EqualTo((Array.Empty<byte>(), "12", "unimplemented")));
    }

    [Test]
    public async Task A_call_that_breaks_says_what_broke_and_the_next_one_works()
    {
        await using ServedPlugin plugin = await ServedPlugin.StartAsync(_computer, _engine, Socket);

        (byte[] body, string? status, string? message) = await plugin.Client.SendAsync(
            "/tfplugin5.Provider/ValidateResourceTypeConfig", new ValidateConfigRequest { TypeName = "grid_nothing" });

        Assert.That((body, status), Is.EqualTo((Array.Empty<byte>(), "2")));
        Assert.That(message, Does.Contain("grid_nothing").And.Contain("%20"));
        await plugin.Client.CallAsync<StopResponse>("Stop", new StopRequest());
    }

    [Test]
    public async Task A_shutdown_ends_the_server_and_removes_the_socket()
    {
        ServedPlugin plugin = await ServedPlugin.StartAsync(_computer, _engine, Socket);
        string? answerAtEnd = null;
        plugin.Ended = () => answerAtEnd = plugin.Client.SendAsync("/tfplugin5.Provider/Stop").GetAwaiter().GetResult().Status;

        (_, string? status, _) = await plugin.Client.SendAsync("/plugin.GRPCController/Shutdown");
        await plugin.WaitForEndAsync();

        Assert.That(status, Is.EqualTo("0"), "Terraform waits for this answer");
        Assert.That(Socket, Does.Not.Exist);
        Assert.That(answerAtEnd, Is.EqualTo("0"), "the end is reported before the server is shut down");
        await plugin.DisposeAsync();
    }

    /// <summary>Terraform keeps this stream open as long as it runs.</summary>
    [Test]
    public async Task A_terraform_that_was_killed_ends_the_server()
    {
        ServedPlugin plugin = await ServedPlugin.StartAsync(_computer, _engine, Socket);

        IDisposable stream = await plugin.Client.OpenAsync("/plugin.GRPCBroker/StartStream");
        await plugin.Client.CallAsync<StopResponse>("Stop", new StopRequest());
        stream.Dispose();
        await plugin.WaitForEndAsync();

        await plugin.DisposeAsync();
    }
}
