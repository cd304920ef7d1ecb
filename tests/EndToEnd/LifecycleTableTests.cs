using System.Text.Json;
using TfgridCompose.EndToEnd.Tests.Support;

namespace TfgridCompose.EndToEnd.Tests;

/// <summary>The table of docs/lifecycle.md: each row is done to a running deployment, planned, and carried out.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class LifecycleTableTests
{
    private const string More = "environment: [{name: GREETING, default: hello}]\nstatus: {method: http, endpoint: /, port: 8080}\n";

    private const string OtherKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJLNvLbfKQnSFiT7e9nGyPI73XJNAHyoOXXagS4feIxa other";

    private static readonly string Page = Path.Combine(Product.Repository, "docs", "lifecycle.md");

    /// <summary>
    /// Rows that one machine can show. Those that keep it come first, then those that replace it, each after the last
    /// one.
    /// </summary>
    private static readonly (string Row, Action<SampleApp> Change)[] Changes =
    [
        ("nothing", _ => { }),
        ("a hook", app => File.AppendAllText(Path.Combine(app.Folder, "deployment", "setup.sh"), "true\n")),
        (
            "a file of the app",
            app => File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(app.Folder, "src")).FullName, "new.txt"), "new")),
        (
            "a value of `environment`",
            app => app.Manifest(text => text.Replace("default: hello", "default: ahoy", StringComparison.Ordinal))),
        ("`status`", app => app.Manifest(text => text.Replace("endpoint: /,", "endpoint: /index.html,", StringComparison.Ordinal))),
        (
            "`logging.service`",
            app => app.Manifest(text => text.Replace("service: page.service", "service: ssh.service", StringComparison.Ordinal))),
        (
            "`config.packages` (a platform option)",
            app => app.Manifest(text => text.Replace("packages: [curl]", "packages: [curl, tree]", StringComparison.Ordinal))),
        (
            "`resources.ports`",
            app => app.Manifest(text => text.Replace("[\"8080:http\"]", "[\"8080:http\", \"8081:more\"]", StringComparison.Ordinal))),
        ("`config.memory`", app => app.Manifest(text => text.Replace("memory: 512", "memory: 640", StringComparison.Ordinal))),
        ("`config.cpu`", app => app.Manifest(text => text.Replace("cpu: 1", "cpu: 2", StringComparison.Ordinal))),
        ("`config.disk`", app => app.Manifest(text => text.Replace("disk: 2048", "disk: 4096", StringComparison.Ordinal))),
        ("`config.node`", app => app.Manifest(text => text.Replace("cpu: 2", "cpu: 2, node: 1", StringComparison.Ordinal))),
        (
            "`network.provision`",
            app =>
                app.Manifest(text => text.Replace("provision: [wireguard]", "provision: [wireguard, mycelium]", StringComparison.Ordinal))),
        ("`ssh_keys`", app => app.Manifest(text => $"{text}\nssh_keys: [\"{OtherKey}\"]\n")),
    ];

    [Test]
    public void Every_row_has_its_test()
    {
        Assert.That(
            Rows().Keys,
            Is.EquivalentTo(Changes.Select(change => change.Row).Concat(["one more machine in a role", "one machine fewer in a role"])));
    }

    [TestCase("stay")]
    [TestCase("replaced")]
    public async Task Changes_of_one_machine(string group)
    {
        await using Lab lab = await Lab.CreateAsync();
        SampleApp app = lab.App("table", More + "network: {provision: [wireguard]}\n");
        app.Node = null;
        Deployment deployment = await lab.UpAsync(app);
        string machine = await IdentityAsync(lab, app);
        foreach ((string row, Action<SampleApp> change) in Changes.Where(change => Rows()[change.Row].Machines == group))
        {
            change(app);
            (string phases, string machines) = Rows()[row];
            JsonElement plan = Json((await lab.RunAsync("plan", app.Folder, "--output", "json")).MustEndWith(0).Output);
            int lines = deployment.Journal.Count;

            ProgramResult up = await MayLoseDataAsync(lab, app, losesData: machines == "replaced");

            string now = await IdentityAsync(lab, app);
            Assert.Multiple(() =>
            {
                Assert.That(PlannedPhases(plan), Is.EqualTo(phases), $"plan of {row}");
                Assert.That(DonePhases(deployment, lines), Is.EqualTo(phases), $"up of {row}\n{up.Errors}");
                Assert.That(
                    plan.GetProperty("machines").EnumerateArray().Select(host => host.GetProperty("action").GetString()),
                    machines == "replaced" ? Is.EqualTo(["replace"]) : Is.Empty,
                    row);
                Assert.That(LosesData(plan), Is.EqualTo(machines == "replaced"), row);
                Assert.That(now == machine, Is.EqualTo(machines == "stay"), $"{row}: {machine} -> {now}");
            });
            machine = now;
        }
    }

    [Test]
    public async Task Changes_of_a_roles_count()
    {
        await using Lab lab = await Lab.CreateAsync();
        SampleApp app = Fleet.In(lab, "counted", "count: 1, nodes: [4, 7]");
        File.AppendAllText(Path.Combine(app.Folder, "deployment", "setup.sh"), "echo set up >>/var/log/setups\n");
        Deployment deployment = await lab.UpAsync(app);
        string first = await IdentityAsync(lab, app);

        await CountAsync(lab, deployment, Fleet.Change(app, "count: 2, nodes: [4, 7]"), "one more machine in a role", "node_2 create");
        Assert.That(await IdentityAsync(lab, app), Is.EqualTo(first));
        Assert.That(await SetupsAsync(lab, app, "node_2"), Is.EqualTo("set up\n"));
        Assert.That(await SetupsAsync(lab, app, "node_1"), Is.EqualTo("set up\n"), "the first machine has the app as it is");
        Assert.That((await lab.RunAsync("logs", app.Folder, "--hook", "setup")).MustEndWith(2).Errors, Does.Contain("node_1, node_2"));
        Assert.That(
            (await lab.RunAsync("logs", app.Folder, "--hook", "setup", "--host", "node_2")).MustEndWith(0).Output,
            Does.Contain("setup says hello"));
        await CountAsync(lab, deployment, Fleet.Change(app, "count: 1, nodes: [4, 7]"), "one machine fewer in a role", "node_2 remove");
        Assert.That(await IdentityAsync(lab, app), Is.EqualTo(first));
        Assert.That(await GridMachine.OfAsync(lab, deployment.Id), Has.Count.EqualTo(1));
        Assert.That(await SetupsAsync(lab, app, "node_1"), Is.EqualTo("set up\n"));
    }

    private static async Task CountAsync(Lab lab, Deployment deployment, SampleApp app, string row, string machine)
    {
        JsonElement plan = Json((await lab.RunAsync("plan", app.Folder, "--output", "json")).MustEndWith(0).Output);
        int lines = deployment.Journal.Count;

        await MayLoseDataAsync(lab, app, losesData: machine.EndsWith(" remove", StringComparison.Ordinal));

        Assert.That(
            plan.GetProperty("machines").EnumerateArray().Select(
                host => $"{host.GetProperty("host").GetString()} {host.GetProperty("action").GetString()}"),
            Is.EqualTo([machine]));
        Assert.That((PlannedPhases(plan), DonePhases(deployment, lines)), Is.EqualTo((Rows()[row].Phases, Rows()[row].Phases)));
        Assert.That(Rows()[row].Machines, Does.StartWith("stay; one is"));
    }

    // Where data is lost, `up` refuses first: nobody is there to ask.
    private static async Task<ProgramResult> MayLoseDataAsync(Lab lab, SampleApp app, bool losesData)
    {
        if (!losesData)
        {
            return (await lab.RunAsync("up", app.Folder)).MustEndWith(0);
        }

        Assert.That(
            (await lab.RunAsync("up", app.Folder, "--yes")).MustEndWith(2).Errors,
            Does.Contain("TFC0107").And.Contain("ALL DATA ON IT IS LOST"));
        return (await lab.RunAsync("up", app.Folder, "--allow-data-loss")).MustEndWith(0);
    }

    private static bool LosesData(JsonElement plan) =>
        plan.GetProperty("machines").EnumerateArray().Any(host => host.GetProperty("loses_data").GetBoolean());

    private static string PlannedPhases(JsonElement plan) => OrNone(plan.GetProperty("phases").EnumerateArray()
        .Where(phase => phase.GetProperty("runs").GetBoolean()).Select(phase => phase.GetProperty("phase").GetString()!));

    private static string DonePhases(Deployment deployment, int skipped) => OrNone(deployment.Journal.Skip(skipped)
        .Where(line => line.EndsWith(" done", StringComparison.Ordinal) && !line.StartsWith(' ')).Select(line => line.Split(' ')[0]));

    private static string OrNone(IEnumerable<string> phases) => string.Join(' ', phases) is { Length: > 0 } text ? text : "none";

    private static Dictionary<string, (string Phases, string Machines)> Rows() => File.ReadLines(Page)
        .SkipWhile(line => !line.StartsWith("| changed |", StringComparison.Ordinal)).Skip(2)
        .TakeWhile(line => line.StartsWith('|'))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .ToDictionary(cells => cells[1], cells => (cells[2], cells[3]));

    private static async Task<string> SetupsAsync(Lab lab, SampleApp app, string host) =>
        (await lab.RunAsync("exec", app.Folder, "--host", host, "--", "cat", "/var/log/setups")).MustEndWith(0).Output;

    private static async Task<string> IdentityAsync(Lab lab, SampleApp app) =>
        (await lab.RunAsync("exec", app.Folder, "--", "cat", "/etc/ssh/ssh_host_ed25519_key.pub")).MustEndWith(0).Output;

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
