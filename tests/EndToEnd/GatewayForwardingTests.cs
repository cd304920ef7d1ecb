using TfgridCompose.EndToEnd.Tests.Support;

namespace TfgridCompose.EndToEnd.Tests;

/// <summary>A gateway that forwards ports.</summary>
public sealed class GatewayForwardingTests
{
    private const string Services =
        "services: [{name: web, port: 8080, health_check: /health}, {name: other, type: tcp, port: 9000, listen: 7000}]";


    [Test]
    public async Task Ports_are_forwarded_even_after_a_reboot()
    {
        await using Lab lab = await Lab.CreateAsync();
        var site = GatewaySite.In(lab, "forwarded", "mode: nat", $"count: 2, {Services}");
        await site.UpAsync();

        await MustShareAsync(site);
        Assert.That(await PortScan.OpenAsync(site.Address), Is.EqualTo(new[] { 22, 80, 7000 }));
        string rules = await RulesAsync(site);
        Assert.That(await site.ChangedByAnotherRunAsync(), Has.All.Property("Value").Zero);
        Assert.That(await RulesAsync(site), Is.EqualTo(rules));

        await site.RebootAsync("gateway");
        await MustShareAsync(site);
        Assert.That(await RulesAsync(site), Is.EqualTo(rules));

        // One is out of service: new connections go to the other.
        await site.OnAsync("gateway", "tfgrid-gateway", "drain", "backend1");
        LoadReport drained = await ConnectionsAsync(site, 80);
        Assert.That(drained.Shares("backend1", "backend2").Values, Is.EqualTo(new[] { 0, drained.Answers.Count }));
        ProgramResult last = (await site.CommandAsync("drain", "backend2")).MustEndWith(1);
        Assert.That(last.Errors, Does.Contain("backend2 is the only backend that serves"));
        (await site.CommandAsync("ready", "backend1")).MustEndWith(0);
        await MustShareAsync(site);

        // One backend fewer, then one with the same name again.
        site.Write("mode: nat", $"count: 1, {Services}");
        await site.UpAsync("--allow-data-loss");
        Assert.That((await ConnectionsAsync(site, 80)).Failed, Is.Empty);
        site.Write("mode: nat", $"count: 2, {Services}");
        await site.UpAsync();
        await MustShareAsync(site);
    }

    private static async Task MustShareAsync(GatewaySite site)
    {
        foreach (int port in new[] { 80, 7000 })
        {
            LoadReport shared = await ConnectionsAsync(site, port);
            Assert.That(shared.Failed, Is.Empty);
            Assert.That(
                shared.Shares("backend1", "backend2").Values,
                Is.All.InRange(shared.Answers.Count * 0.4, shared.Answers.Count * 0.6),
                $"new connections to port {port} are distributed in turn");
        }
    }

    // Connections are distributed, not requests: sixteen clients that keep theirs.
    private static async Task<LoadReport> ConnectionsAsync(GatewaySite site, int port)
    {
        await using var load = HttpLoad.Start(site.Address, rate: 160, clients: 16, port: port);
        await Task.Delay(1500);
        return await load.EndAsync();
    }

    private static Task<string> RulesAsync(GatewaySite site) => site.OnAsync("gateway", "nft", "list", "ruleset");
}
