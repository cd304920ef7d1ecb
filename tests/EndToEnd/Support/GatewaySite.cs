using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace TfgridCompose.EndToEnd.Tests.Support;

/// <summary>The example app of the gateway pattern, deployed from a copy with the test's own wishes in its manifest.</summary>
internal sealed partial class GatewaySite
{
    // Of the backends, in order: nodes into which no test injects a fault.
    private static readonly int[] Nodes = [4, 7, 2, 1];

    private readonly Lab _lab;
    private readonly string _name;

    private GatewaySite(Lab lab, string name) => (_lab, _name) = (lab, name);

    public string Folder => _lab.In(_name);

    public Deployment Deployment => Deployment.OfLink(Path.Combine(Folder, ".tfgrid-compose"));

    /// <summary>Whoever may ask: the public address.</summary>
    public string Address => Deployment.PrimaryIp;

    public string GatewayLog => Deployment.Read("ansible.log");

    /// <summary>
    /// A copy that is not deployed yet. <paramref name="gateway"/> and <paramref name="backend"/> are the contents of those keys of the
    /// manifest.
    /// </summary>
    public static GatewaySite In(Lab lab, string name, string gateway, string backend, string more = "")
    {
        var site = new GatewaySite(lab, name);
        Folders.Copy(Path.Combine(Product.Repository, "examples", "gateway-web"), site.Folder);
        site.Write(gateway, backend, more);
        return site;
    }

    /// <summary>Small machines: the tests' computer has two cores for all of them.</summary>
    public void Write(string gateway, string backend, string more = "", string version = "1.0.0") =>
        File.WriteAllText(Path.Combine(Folder, "tfgrid-compose.yaml"), $$"""
        name: {{_name}}
        version: {{version}}
        pattern: gateway
        gateway: {{{gateway}}}
        backend: {{{backend}}}
        resources:
          gateway: {cpu: 1, memory: 512, disk: 2}
          backend: {cpu: 1, memory: 256, disk: 2}
        deploy: {strategy: rolling}
        {{more}}
        {{NodesOf(backend)}}
        """);

    public async Task<ProgramResult> UpAsync(params string[] more) =>
        (await _lab.RunAsync(["up", Folder, "--grid", "local", .. more])).MustEndWith(0);

    public Task<ProgramResult> CommandAsync(string name, params string[] arguments) =>
        _lab.RunAsync(["pattern", name, Folder, "--", .. arguments]);

    public async Task<string> OnAsync(string host, params string[] command) =>
        (await _lab.RunAsync(["exec", Folder, "--host", host, "--", .. command])).MustEndWith(0).Output;

    /// <summary>Runs the playbook again and returns what it changed on each host, from its recap.</summary>
    public async Task<IReadOnlyDictionary<string, int>> ChangedByAnotherRunAsync()
    {
        await UpAsync("--only", "platform");
        string[] log = GatewayLog.Split('\n');
        return log[(Array.FindLastIndex(log, line => line.StartsWith("PLAY RECAP", StringComparison.Ordinal)) + 1)..]
            .Where(line => line.Contains("changed=", StringComparison.Ordinal))
            .ToDictionary(
                line => line.Split(' ')[0], line => int.Parse(line.Split("changed=")[1].Split(' ')[0], CultureInfo.InvariantCulture));
    }

    /// <summary>The local grid's name of a machine, for its power switch.</summary>
    public async Task<string> MachineAsync(string host)
    {
        using var status = JsonDocument.Parse((await _lab.RunToolAsync(Product.LocalGrid, "status")).MustEndWith(0).Output);
        return status.RootElement.GetProperty("vms").EnumerateArray()
            .Single(vm => vm.GetProperty("network").GetString() == $"net_{Deployment.Id}" && vm.GetProperty("name").GetString() == host)
            .GetProperty("machine").GetString()!;
    }

    public async Task PowerAsync(string verb, string host) =>
        (await _lab.RunToolAsync(Product.LocalGrid, "machine", verb, await MachineAsync(host))).MustEndWith(0);

    /// <summary>As a kernel update does it; returns when the machine is up again and takes connections to its first public port.</summary>
    public async Task RebootAsync(string host)
    {
        string before = await BootAsync(host);
        await _lab.RunAsync("exec", Folder, "--host", host, "--", "systemctl", "reboot");
        for (int i = 0; !await HasComeBackAsync(host, before); i++)
        {
            Assert.That(i, Is.LessThan(80), $"{host} does not come back");
            await Task.Delay(500);
        }
    }

    private async Task<bool> HasComeBackAsync(string host, string before) =>
        await BootAsync(host) is { Length: > 0 } now && now != before && await Reach.ConnectsAsync(Address, 80);

    private async Task<string> BootAsync(string host) =>
        (await _lab.RunAsync(
            "exec", Folder, "--host", host, "--", "systemctl", "show", "--property", "UserspaceTimestampMonotonic")).Output;

    /// <summary>What the app says of one request.</summary>
    public async Task<JsonElement> PageAsync(string path = "/", params (string Name, string Value)[] headers)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(10) };
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{Address}{path}");
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using HttpResponseMessage response = await client.SendAsync(request);
        using var page = JsonDocument.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        return page.RootElement.Clone();
    }

    /// <summary>An address of a host as the record has it.</summary>
    public string AddressOf(string host, string network)
    {
        using var record = JsonDocument.Parse(Deployment.Read("deployment.json"));
        return record.RootElement.GetProperty("hosts").EnumerateArray().Single(item => item.GetProperty("name").GetString() == host)
            .GetProperty("addresses").EnumerateArray().First(
                item => item.GetProperty("network").GetString() == network).GetProperty("ip").GetString()!;
    }

    private static string NodesOf(string backend) => Count().Match(backend) is { Success: true } count
        ? $"nodes: {{backend: [{string.Join(", ", Nodes.Take(int.Parse(count.Groups[1].Value, CultureInfo.InvariantCulture)))}]}}"
        : "";

    [GeneratedRegex("^count: ([0-9]+)")]
    private static partial Regex Count();
}
