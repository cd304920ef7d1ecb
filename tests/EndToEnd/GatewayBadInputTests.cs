using TfgridCompose.EndToEnd.Tests.Support;

namespace TfgridCompose.EndToEnd.Tests;

/// <summary>What cannot work is said before anything is made: one message, at its place in the manifest, with a remedy.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class GatewayBadInputTests
{
    private const string Web = "services: [{name: web, port: 8080}]";

    [TestCase("", "count: 0, " + Web, "", "'backend.count' is 0, which is out of range")]
    [TestCase("", "count: 500, " + Web, "", "'backend.count' is 500, which is out of range")]
    [TestCase("mode: bridge", Web, "", "'gateway.mode' cannot be 'bridge'")]
    [TestCase("proxy: caddy", Web, "", "'gateway.proxy' cannot be 'caddy'")]
    [TestCase("domains: [not_a_domain]", Web, "", "'not_a_domain' is no domain name")]
    [TestCase("domains: [www.example.org], ssl: {enabled: true}", Web, "", "gateway.ssl is enabled without an email address")]
    [TestCase("", "services: [{name: a, type: tcp, port: 7000}, {name: b, type: tcp, port: 7000}]", "", "the public port 7000 is claimed by 'a' and 'b'")]
    [TestCase("", "services: [{name: a, type: tcp, port: 443}]", "", "wants the gateway's port 443")]
    [TestCase("", "services: [{name: a, port: 99999}]", "", "'backend.services[0].port' is 99999, which is out of range")]
    [TestCase("", "services: []", "", "there is nothing to serve")]
    [TestCase("", Web, "nodes: {gateway: 8}", "Node 8 does not have enough free resources for 'gateway' (1 CPU, 512 MB memory, 2 GB disk, a public IPv4 address)")]
    [TestCase("", Web, "network: {provision: [ipv4]}", "the backends have no public address, so nothing reaches them")]
    public async Task One_message_and_nothing_made(string gateway, string backend, string more, string message)
    {
        await using Lab lab = await Lab.CreateAsync();
        var site = GatewaySite.In(lab, "bad", gateway, backend, more);

        ProgramResult refused = (await lab.RunAsync("up", site.Folder, "--grid", "local")).MustEndWith(2);

        string[] errors = [.. refused.Errors.Split('\n').Where(line => line.Contains("error TFC", StringComparison.Ordinal))];
        Assert.That(errors, Has.Length.EqualTo(1), refused.Errors);
        Assert.That(errors[0], Does.Contain(message));
        Assert.That(refused.Errors, Does.Contain("  -> "));
        Assert.That(lab.Deployments, Is.Empty);
    }
}
