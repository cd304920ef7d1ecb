using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using TfgridCompose.EndToEnd.Tests.Support;

namespace TfgridCompose.EndToEnd.Tests;

/// <summary>Two real users of one computer: neither reads what is the other's, nor becomes root on the ways that were found.</summary>
public sealed class TwoUsersTests
{
    private const string Grid = "/var/lib/tfgrid-localgrid";

    [Test]
    public async Task What_one_user_deploys_with_sudo_is_closed_to_the_other_with_and_without_it()
    {
        await using TwoUsers users = await TwoUsers.CreateAsync();
        await users.AllowAsync(users.Anna);
        await UpAsync(users);
        string socket = "";
        try
        {
            await WithoutTheLineAsync(users);
            socket = await TheProviderAsync(users);
            Assert.That(socket, Does.Exist);
            await users.AllowAsync(users.Ben);
            await WithTheLineAsync(users);
        }
        finally
        {
            (await users.AsAsync(users.Anna, $"{users.Executable} down app --yes")).MustEndWith(0);
        }

        Assert.That(socket, Does.Not.Exist);
    }

    private static async Task UpAsync(TwoUsers users)
    {
        const string Manifest = """
            name: app
            pattern: single-vm
            config: {cpu: 1, memory: 512, disk: 2048, packages: []}
            network: {provision: [mycelium]}
            """;
        await File.WriteAllTextAsync(Path.Combine(users.HomeOf(users.Anna), "manifest"), Manifest);
        (await users.AsAsync(
            users.Anna,
            "mkdir -p app .ssh && chmod 700 .ssh && ssh-keygen -q -t ed25519 -N '' -f .ssh/id_ed25519 "
                + $"&& cp manifest app/tfgrid-compose.yaml && {users.Executable} up app --grid local")).MustEndWith(0);
        (await users.AsAsync(
            users.Anna, $"{users.Executable} exec app -- sh -c 'cp /usr/bin/id /opt/id && chmod 4755 /opt/id'")).MustEndWith(0);
    }

    private static async Task WithoutTheLineAsync(TwoUsers users)
    {
        string home = users.HomeOf(users.Anna);
        string readable = (await users.AsAsync(
            users.Ben, $"find {home}/.tfgrid-compose {home}/.ssh/id_ed25519 {Grid} -type f -readable 2>/dev/null || true")).Output;
        Assert.That(
            readable.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(path => !IsNewWorld(path)),
            Is.SubsetOf(new[] { $"{Grid}/world.json", $"{Grid}/ended.json" }).And.Contains($"{Grid}/world.json"),
            "they have no secrets, and `status` needs them");
        Assert.That((await users.AsAsync(users.Ben, $"sudo -n {users.LocalGrid} version")).ExitCode, Is.Not.Zero);
        Assert.That((await users.AsAsync(users.Ben, $"{users.LocalGrid} status")).MustEndWith(0).Output, Does.Contain("\"running\""));
    }

    // Other tests change the grid meanwhile: the next file is written beside the last one.
    private static bool IsNewWorld(string path) => Regex.IsMatch(path, $"^{Grid}/(world|ended)\\.json\\.[0-9]+\\.tmp$");

    // As Terraform starts it, but without a certificate of Terraform's, which would be one more wall. The socket that it leaves
    // when it is killed is removed by the next provider.
    private static async Task<string> TheProviderAsync(TwoUsers users)
    {
        string handshake = Path.Combine(users.HomeOf(users.Anna), "handshake");
        Task<ProgramResult> provider = users.AsAsync(users.Anna, $"TF_PLUGIN_MAGIC_COOKIE=x {users.LocalGrid} >handshake");
        await Eventually.HoldsAsync(
            () => File.Exists(handshake) && new FileInfo(handshake).Length > 0 ? null : "nothing yet",
            "a handshake",
            TimeSpan.FromSeconds(30));
        string socket = (await File.ReadAllTextAsync(handshake)).Split('|')[3];
        string process = Path.GetFileName(socket).Split('-')[2];

        const string Connect = "import socket, sys; socket.socket(socket.AF_UNIX).connect(sys.argv[1])";
        ProgramResult[] tries =
        [
            await users.AsAsync(users.Ben, $"python3 -c '{Connect}' {socket}"),
            await users.AsAsync(users.Ben, $"head -c 1 /proc/{process}/environ"),
            await users.AsAsync(users.Ben, $"head -c 1 /proc/{process}/mem"),
            await users.AsAsync(users.Ben, $"ls /proc/{process}/root/"),
        ];
        Assert.That(tries.Select(each => each.Everything), Is.All.Contains("Permission denied"));
        (await users.AsAsync(users.Anna, $"python3 -c '{Connect}' {socket}")).MustEndWith(0);

        (await users.AsAsync(users.Anna, $"kill -KILL {process}")).MustEndWith(0);
        await provider;
        return socket;
    }

    private static async Task WithTheLineAsync(TwoUsers users)
    {
        using var world = JsonDocument.Parse(await File.ReadAllTextAsync($"{Grid}/world.json"));
        long anna = long.Parse((await users.AsAsync(users.Anna, "id -u")).Output, CultureInfo.InvariantCulture);
        JsonElement network = world.RootElement.GetProperty("networks").EnumerateArray()
            .Single(each => each.GetProperty("owner").GetInt64() == anna);
        string id = network.GetProperty("id").GetString()!;
        string name = network.GetProperty("name").GetString()!;
        string mark = Path.Combine(users.HomeOf(users.Ben), "root-was-here");

        // Root's way through the batch of ip.
        string injected = await EngineAsync(users, new
        {
            operation = "apply-network",
            network = new
            {
                name = "own",
                ip_range = "10.251.0.0/16",
                nodes = new[] { 1 },
                subnets = new Dictionary<string, string> { ["1"] = $"10.251.2.0/24 dev br0\nnetns exec x /usr/bin/touch {mark}\n" },
            },
        });
        Assert.That(injected, Does.Contain("Invalid subnet"));
        Assert.That(mark, Does.Not.Exist);

        // The other's keys, and a machine in the other's network.
        Assert.That(
            await EngineAsync(users, new
            {
                operation = "apply-network",
                network = new
                {
                    id,
                    name,
                    ip_range = network.GetProperty("ip_range").GetString(),
                    nodes = new[] { 1 },
                    add_wire_guard_access = true,
                },
            }),
            Does.Contain("It belongs to somebody else").And.Not.Contain("PrivateKey"));
        Assert.That(
            await EngineAsync(users, new
            {
                operation = "apply-deployment",
                deployment = new
                {
                    node = network.GetProperty("members")[0].GetProperty("node").GetInt32(),
                    name = "vm",
                    network_name = name,
                    vms = new[] { new { name = "own", memory_mb = 256, flist = "https://hub.grid.tf/x/base.flist" } },
                },
            }),
            Does.Contain("It belongs to somebody else"));

        // A setuid program of the other's machine.
        string programs = string.Join(' ', Directory.GetDirectories($"{Grid}/machines").Select(machine => $"{machine}/upper/opt/id"));
        Assert.That(
            (await users.AsAsync(users.Ben, $"for f in {programs}; do $f; done")).Everything,
            Does.Contain("Permission denied").And.Not.Contain("euid=0"));
    }

    private static async Task<string> EngineAsync(TwoUsers users, object request)
    {
        await File.WriteAllTextAsync(Path.Combine(users.HomeOf(users.Ben), "request"), JsonSerializer.Serialize(request));
        return (await users.AsAsync(users.Ben, $"sudo -n {users.LocalGrid} engine <request")).MustEndWith(0).Output;
    }
}
