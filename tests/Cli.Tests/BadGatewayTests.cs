namespace TfgridCompose.Cli.Tests;

/// <summary>
/// A gateway that cannot work: one error with its place in the manifest and a remedy, and nothing is created.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class BadGatewayTests : IDisposable
{
    private const string Web = "services: [{name: web, port: 8080}]";

    private readonly CliLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [TestCase("", "count: 0, " + Web, "'backend.count' is 0, which is out of range")]
    [TestCase("", "count: 500, " + Web, "'backend.count' is 500, which is out of range")]
    [TestCase("mode: bridge", Web, "'gateway.mode' cannot be 'bridge'")]
    [TestCase("proxy: caddy", Web, "'gateway.proxy' cannot be 'caddy'")]
    [TestCase("domains: [not_a_domain]", Web, "'not_a_domain' is not a domain name")]
    [TestCase(
        "domains: [www.example.org], ssl: {enabled: true}", Web, "gateway.ssl is enabled without an email address")]
    [TestCase("drain_timeout: 481", Web, "'gateway.drain_timeout' is 481, which is out of range")]
    [TestCase(
        "",
        "services: [{name: a, type: tcp, port: 7000}, {name: b, type: tcp, port: 7000}]",
        "the public port 7000 is used by 'a' and 'b'")]
    [TestCase("", "services: [{name: a, type: tcp, port: 443}]", "uses the gateway's port 443")]
    [TestCase("", "services: [{name: a, port: 99999}]", "'backend.services[0].port' is 99999, which is out of range")]
    [TestCase("", "services: []", "there is nothing to serve")]
    [TestCase("", Web, "the backends have no public address, so nothing can reach them", "ipv4")]
    public async Task One_error_and_nothing_created(string gateway, string backend, string message, string network = "mycelium")
    {
        _lab.WriteManifest($$"""
            name: bad
            pattern: gateway
            gateway: {{{gateway}}}
            backend: {{{backend}}}
            network: {provision: [{{network}}]}
            """);

        CliResult result = await _lab.RunAsync("up", _lab.App, "--grid", "local");

        Assert.That(
            (result.ExitCode, result.Problems.Count, result.Remedies.Count), Is.EqualTo((2, 1, 1)), result.Error);
        Assert.That(result.Problems[0], Does.Contain("/tfgrid-compose.yaml:").And.Contain(message));
        _lab.AssertNothingCreated();
    }
}
