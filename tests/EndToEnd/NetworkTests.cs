using TfgridCompose.EndToEnd.Tests.Support;

namespace TfgridCompose.EndToEnd.Tests;

/// <summary>The networks other than WireGuard alone, each reached from this machine, and gone afterwards.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class NetworkTests
{
    [Test]
    public async Task Mycelium_alone_needs_no_tunnel()
    {
        await using Lab lab = await Lab.CreateAsync();
        SampleApp app = lab.App("overlay", "network: {provision: [mycelium]}");

        Deployment deployment = await lab.UpAsync(app);

        await AssertReached(lab, app, "mycelium");
        Assert.That(deployment.WireguardInterface, Is.Null);
        Assert.That(deployment.State["mycelium_ip"], Is.EqualTo(deployment.PrimaryIp));
        await AssertDownLeavesNothing(lab, app, "routes");
    }

    [Test]
    public async Task A_public_address_opens_the_listed_ports_and_ssh_only()
    {
        await using Lab lab = await Lab.CreateAsync();
        SampleApp app = lab.App("public", "network: {provision: [ipv4]}");

        Deployment deployment = await lab.UpAsync(app);

        await AssertReached(lab, app, "public");
        (await lab.RunAsync(
            "exec", app.Folder, "--", "systemd-run", "python3", "-m", "http.server", "9090", "--bind", "::")).MustEndWith(0);
        (await lab.RunAsync(
            "exec", app.Folder, "--", "curl", "-sf", "--retry", "20", "--retry-connrefused", "--retry-delay", "1", "-o", "/dev/null",
            "http://localhost:9090/")).MustEndWith(0);
        Assert.That(await Reach.ConnectsAsync(deployment.PrimaryIp, 22), "22 is open");
        Assert.That(await Reach.ConnectsAsync(deployment.PrimaryIp, SampleApp.Port), "the listed port is open");
        Assert.That(await Reach.ConnectsAsync(deployment.PrimaryIp, 9090), Is.False, "the unlisted port is closed");
        (await lab.RunAsync("exec", app.Folder, "--", "nft", "delete", "table", "inet", "tfgrid_compose")).MustEndWith(0);
        Assert.That(await Reach.ConnectsAsync(deployment.PrimaryIp, 9090), "it was the firewall that closed it");
        await AssertDownLeavesNothing(lab, app, "routes");
    }

    [TestCase("wireguard", "wireguard")]
    [TestCase("mycelium", "mycelium")]
    [TestCase("ipv4", "public")]
    public async Task With_all_networks_the_preferred_one_is_primary_and_each_answers(string prefer, string type)
    {
        await using Lab lab = await Lab.CreateAsync();
        SampleApp app = lab.App("all", $"network: {{provision: [wireguard, mycelium, ipv4], prefer: [{prefer}]}}");

        Deployment deployment = await lab.UpAsync(app);

        await AssertReached(lab, app, type);
        string shown = (await lab.RunAsync("address", app.Folder, "--output", "json")).MustEndWith(0).Output;
        string[] addresses = [.. shown.Split('"').Where(word => System.Net.IPAddress.TryParse(word, out _)).Distinct()];
        Assert.That(addresses, Has.Length.EqualTo(3));
        foreach (string address in addresses)
        {
            Assert.That(await Web.PageAsync(address), Is.EqualTo(app.Page), address);
        }

        Assert.That(deployment.State["vm_ip"], Is.EqualTo(deployment.PrimaryIp));
        await AssertDownLeavesNothing(lab, app, "routes", "WireGuard configurations");
    }

    private static async Task AssertReached(Lab lab, SampleApp app, string type)
    {
        string address = (await lab.RunAsync("address", app.Folder)).MustEndWith(0).Output.Trim();
        Assert.That(await Web.PageAsync(address), Is.EqualTo(app.Page));
        Assert.That((await lab.RunAsync("outputs", app.Folder, "--key", "primary_ip_type")).MustEndWith(0).Output, Is.EqualTo($"{type}\n"));
        Assert.That((await lab.RunAsync("status", app.Folder)).MustEndWith(0).Output, Does.Contain($"answers at {address}"));
        Assert.That((await lab.RunAsync("ssh", app.Folder, "--", "hostname")).MustEndWith(0).Output, Is.EqualTo("vm\n"));
    }

    private static async Task AssertDownLeavesNothing(Lab lab, SampleApp app, params string[] mustBeThereBefore)
    {
        var footprint = Footprint.Of(lab, app);
        IReadOnlyDictionary<string, IReadOnlyList<string>> before = await footprint.LookAsync();
        Assert.That(mustBeThereBefore.Where(kind => before[kind].Count == 0), Is.Empty, "the look at a running deployment misses these");
        (await lab.RunAsync("down", app.Folder, "--yes")).MustEndWith(0);
        await footprint.MustBeGoneAsync();
    }
}
