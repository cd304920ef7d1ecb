using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using TfgridCompose.EndToEnd.Tests.Support;

namespace TfgridCompose.EndToEnd.Tests;

/// <summary>
/// A public gateway in front of private backends, with either proxy: what clients see under load, when a machine fails, and
/// when the app changes.
/// </summary>
[Parallelizable(ParallelScope.All)]
public sealed class GatewayProxyTests
{
    private const string Services =
        "services: [{name: web, port: 8080, health_check: /health}, "
        + "{name: api, port: 9000, path: /api, health_check: /health, sticky: true}, "
        + "{name: raw, type: tcp, port: 8080, listen: 7000}]";

    private const int Rate = 300;
    private const int Clients = 16;

    [TestCase("haproxy")]
    [TestCase("nginx")]
    public async Task A_site_behind(string proxy)
    {
        await using Lab lab = await Lab.CreateAsync();
        string gateway = $"proxy: {proxy}, drain_timeout: 10";
        var site = GatewaySite.In(
            lab, $"site-{proxy}", gateway, $"count: 3, {Services}", "network: {provision: [wireguard, mycelium]}");
        await site.UpAsync();
        string[] backends = ["backend1", "backend2", "backend3"];

        await RequestsGoWhereTheyShouldAsync(site);
        await OnlyWhatIsMeantIsOpenAsync(site);

        // Every backend gets its share, of a tcp service too.
        foreach (int port in new[] { 80, 7000 })
        {
            LoadReport shared = await LoadAsync(site, () => Task.Delay(3000), port);
            Assert.That(shared.Failed, Is.Empty);
            Assert.That(
                shared.Shares(backends).Values,
                Is.All.InRange(shared.Answers.Count * 0.2, shared.Answers.Count * 0.47),
                "a third each: of requests, or of a tcp service's connections");
        }

        // Another `up` changes nothing and drops nothing.
        IReadOnlyDictionary<string, int> changed = new Dictionary<string, int>();
        LoadReport again = await LoadAsync(site, async () =>
        {
            Assert.That((await site.UpAsync()).Errors, Does.Contain("nothing to do"));
            changed = await site.ChangedByAnotherRunAsync();
        });
        Assert.That(changed, Is.EquivalentTo(backends.Append("gateway").ToDictionary(host => host, _ => 0)));
        Assert.That((again.Failed.Count, again.ClosedIdle), Is.EqualTo((0, 0)));

        await AMachineDiesAsync(site, proxy);

        // A new version, one backend after another, and another public port.
        site.Write(
            gateway,
            $"count: 3, {Services.Replace("7000", "7001", StringComparison.Ordinal)}",
            "network: {provision: [wireguard, mycelium]}",
            version: "2.0.0");
        LoadReport rolled = await LoadAsync(site, async () => await site.UpAsync());
        Assert.That(rolled.Failed, Is.Empty);
        // nginx is reloaded when a backend leaves, when it returns, and for the new port.
        MustCloseIdleOnReloadOnly(rolled, proxy, reloads: (2 * backends.Length) + 1);
        Assert.That(rolled.Shares("1.0.0", "2.0.0").Values, Is.All.Positive);
        Assert.That(await PortScan.OpenAsync(site.Address), Is.EqualTo(new[] { 22, 80, 7001 }));
        LoadReport after = await LoadAsync(site, () => Task.Delay(2000));
        Assert.That(after.Shares("1.0.0").Values, Is.All.Zero);
        Assert.That(after.Shares(backends).Values, Is.All.Positive);

        // A reload drops no request.
        LoadReport reloaded = await LoadAsync(site, async () => (await site.CommandAsync("reload")).MustEndWith(0));
        Assert.That(reloaded.Failed, Is.Empty);
        MustCloseIdleOnReloadOnly(reloaded, proxy, reloads: 1);

        // A backend stays out of service during a reload, and the site comes back after a reboot.
        (await site.CommandAsync("drain", "backend3")).MustEndWith(0);
        (await site.CommandAsync("reload")).MustEndWith(0);
        LoadReport without = await LoadAsync(site, () => Task.Delay(1000));
        Assert.That((without.Failed.Count, without.Shares("backend3")["backend3"]), Is.EqualTo((0, 0)));
        (await site.CommandAsync("ready", "backend3")).MustEndWith(0);
        await site.RebootAsync("gateway");
        LoadReport rebooted = await LoadAsync(site, () => Task.Delay(1000));
        Assert.That(rebooted.Failed, Is.Empty);
        Assert.That(rebooted.Shares(backends).Values, Is.All.Positive);
    }

    private static async Task RequestsGoWhereTheyShouldAsync(GatewaySite site)
    {
        JsonElement page = await site.PageAsync(
            "/apiary?x=1", ("X-Forwarded-For", "192.0.2.66"), ("X-Forwarded-Proto", "https"));
        JsonElement api = await site.PageAsync("/api/v1");
        Assert.Multiple(() =>
        {
            Assert.That(
                (page.GetProperty("port").GetInt32(), page.GetProperty("path").GetString()),
                Is.EqualTo((8080, "/apiary?x=1")));
            Assert.That(
                (api.GetProperty("port").GetInt32(), api.GetProperty("path").GetString()),
                Is.EqualTo((9000, "/api/v1")));
            Assert.That(
                page.GetProperty("client").GetString(),
                Is.EqualTo("198.18.0.1"),
                "this computer's address, not what the client claims");
            Assert.That(page.GetProperty("scheme").GetString(), Is.EqualTo("http"));
        });

        string[] visits = [.. await StickAsync(site)];
        Assert.That(visits.Distinct().Count(), Is.EqualTo(1), string.Join(' ', visits));

        using var socket = new ClientWebSocket();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        socket.Options.Proxy = null;
        await socket.ConnectAsync(new Uri($"ws://{site.Address}/echo"), limit.Token);
        await socket.SendAsync(
            Encoding.UTF8.GetBytes("over a websocket"), WebSocketMessageType.Text, endOfMessage: true, limit.Token);
        byte[] answer = new byte[100];
        WebSocketReceiveResult got = await socket.ReceiveAsync(answer, limit.Token);
        Assert.That(Encoding.UTF8.GetString(answer, 0, got.Count), Is.EqualTo("over a websocket"));
    }

    // A browser that keeps its cookies.
    private static async Task<IReadOnlyList<string>> StickAsync(GatewaySite site)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var browser = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(10) };
        var visits = new List<string>();
        for (int i = 0; i < 8; i++)
        {
            using var page = JsonDocument.Parse(
                await browser.GetStringAsync(new Uri($"http://{site.Address}/api")));
            visits.Add(page.RootElement.GetProperty("backend").GetString()!);
        }

        return visits;
    }

    private static async Task OnlyWhatIsMeantIsOpenAsync(GatewaySite site)
    {
        Assert.That(
            await PortScan.OpenAsync(site.Address),
            Is.EqualTo(new[] { 22, 80, 7000 }),
            "the firewall accepts 443, but nothing listens there without certificates");
        Assert.That(
            await PortScan.OpenAsync(site.AddressOf("gateway", "mycelium")), Is.EqualTo(new[] { 22, 80, 7000 }));
        Assert.That(await PortScan.OpenAsync(site.AddressOf("backend1", "mycelium")), Is.EqualTo(new[] { 22 }));
        Assert.That(
            await PortScan.OpenAsync(site.AddressOf("backend1", "wireguard")),
            Is.EqualTo(new[] { 22, 8080, 9000 }),
            "the private network reaches the app's ports");
        Assert.That(
            await PortScan.OpenAsync(site.AddressOf("gateway", "wireguard")), Does.Contain(8404), "the status page");
    }

    // As in a power cut: no answer and no refusal. Lost are the requests that the machine was working on, and some of
    // those that arrive before the failure is noticed.
    private static async Task AMachineDiesAsync(GatewaySite site, string proxy)
    {
        var noticed = TimeSpan.FromSeconds(3);
        LoadReport died = await LoadAsync(site, async () =>
        {
            await Task.Delay(1000);
            await site.PowerAsync("stop", "backend2");
            await Task.Delay(6000);
            (await site.CommandAsync("backends")).MustEndWith(0);
            Assert.That((await site.CommandAsync("backends")).Output, Does.Match("web +backend2 .* down "));
            await site.PowerAsync("start", "backend2");
            await EventuallyServesAsync(site, "backend2");
            await Task.Delay(3000);
        });
        LoadAnswer[] late = [.. died.Answers.TakeLast(2 * Rate)];
        Assert.Multiple(() =>
        {
            Assert.That(
                died.Failed.Count + died.ClosedIdle,
                Is.LessThan(Rate / 3 * noticed.TotalSeconds),
                "at most a third of the requests until the failure is noticed");
            Assert.That(died.FailedFor, Is.LessThan(noticed + noticed), proxy);
            Assert.That(
                late.Count(answer => answer.Body.Contains("backend2", StringComparison.Ordinal)),
                Is.Positive,
                "it came back by itself");
        });
    }

    // nginx closes its idle connections at a reload, and each client opens a new one: twice where that meets a worker
    // that is about to end. HAProxy closes none.
    private static void MustCloseIdleOnReloadOnly(LoadReport report, string proxy, int reloads)
    {
        (int least, int most) = proxy == "nginx" ? (1, 2 * Clients * reloads) : (0, 0);
        Assert.That(report.ClosedIdle, Is.InRange(least, most), $"idle connections closed by {reloads} reloads");
    }

    private static async Task EventuallyServesAsync(GatewaySite site, string backend)
    {
        for (int i = 0; i < 60; i++)
        {
            string[] rows = [.. (await site.CommandAsync("backends")).Output.Split('\n')
                .Where(line => line.Contains(backend, StringComparison.Ordinal))];
            if (rows.Length > 0 && rows.All(row => row.Contains(" up ", StringComparison.Ordinal)))
            {
                return;
            }

            await Task.Delay(500);
        }

        throw new AssertionException($"{backend} did not come back");
    }

    private static async Task<LoadReport> LoadAsync(GatewaySite site, Func<Task> meanwhile, int port = 80)
    {
        await using var load = HttpLoad.Start(site.Address, Rate, Clients, port);
        await Task.Delay(500);
        await meanwhile();
        return await load.EndAsync();
    }
}
