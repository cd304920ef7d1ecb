using System.Text.Json;
using TfgridCompose.EndToEnd.Tests.Support;

namespace TfgridCompose.EndToEnd.Tests;

/// <summary>
/// One deployment, two homes, and a state backend between them: a real PostgreSQL, and an S3-compatible server with locks in DynamoDB.
/// </summary>
[Parallelizable(ParallelScope.All)]
public sealed class SharedStateTests
{
    private const string WithMycelium = "network: {provision: [wireguard, mycelium]}\n";
    private static readonly string Tool = File.Exists("/usr/bin/tofu") || File.Exists("/usr/local/bin/tofu") ? "tofu" : "terraform";
    private PostgresServer _postgres = null!;
    private S3Server _s3 = null!;

    [OneTimeSetUp]
    public async Task StartServers()
    {
        _postgres = await PostgresServer.StartAsync();
        _s3 = await S3Server.StartAsync();
    }

    [OneTimeTearDown]
    public async Task StopServers()
    {
        foreach (IAsyncDisposable server in new IAsyncDisposable?[] { _postgres, _s3 }.OfType<IAsyncDisposable>())
        {
            await server.DisposeAsync();
        }
    }

    [Test]
    public async Task On_PostgreSQL_another_home_attaches_looks_works_changes_and_destroys()
    {
        await using TwoHomes homes = await TwoHomes.CreateAsync("relay", "{backend: pg}", Postgres());
        (Lab first, Lab second) = (homes.First, homes.Second);
        Deployment made = await first.UpAsync(homes.FirstApp, "--trust");
        var footprint = Footprint.Of(first, homes.FirstApp);
        Assert.That(File.Exists(made.In("terraform/terraform.tfstate")), Is.False, "the state is in the backend alone");

        (await second.RunAsync("attach", homes.SecondApp.Folder, "--trust")).MustEndWith(0);

        var copy = Deployment.Of(homes.SecondApp);
        Assert.That((copy.Id, copy.PrimaryIp), Is.EqualTo((made.Id, made.PrimaryIp)));
        Assert.That(copy.WireguardInterface, Is.EqualTo(made.WireguardInterface), "on the same machine the tunnel is there already");
        Assert.That(copy.Read("known_hosts"), Is.EqualTo(made.Read("known_hosts")));
        (await second.RunAsync("status", "relay")).MustEndWith(0);
        Assert.That((await second.RunAsync("exec", "relay", "--", "hostname")).MustEndWith(0).Output, Is.EqualTo("vm\n"));
        Assert.That(
            (await second.RunToolInAsync(
                Path.Combine(homes.SecondApp.Link, "terraform"), Tool, "output", "-raw", "primary_ip")).MustEndWith(0).Output,
            Is.EqualTo(made.PrimaryIp));

        homes.SecondApp.Packages = "[curl, tree]";
        homes.SecondApp.WriteManifest();
        int lines = copy.Journal.Count;
        (await second.RunAsync("up", homes.SecondApp.Folder, "--trust")).MustEndWith(0);

        Assert.That(copy.Journal.Skip(lines), Has.Member("platform done").And.None.EqualTo("infrastructure done"));
        (await first.RunAsync("exec", "relay", "--", "tree", "--version")).MustEndWith(0);
        Assert.That(made.Journal, Is.EqualTo(copy.Journal), "the history travels");

        (await second.RunAsync("down", "relay", "--yes")).MustEndWith(0);

        Assert.That(await GridMachine.OfAsync(first, made.Id), Is.Empty);
        Assert.That(
            (await first.RunAsync("up", homes.FirstApp.Folder, "--trust")).MustEndWith(7).Errors,
            Does.Contain("TFC0755").And.Contain("was destroyed by"));
        (await first.RunAsync("down", "relay", "--yes")).MustEndWith(0);
        await footprint.MustBeGoneAsync();
    }

    [Test]
    public async Task On_S3_as_written_up_on_another_machine_goes_on_with_the_same_deployment_over_Mycelium()
    {
        await using TwoHomes homes =
            await TwoHomes.CreateAsync("tandem", "{backend: s3, config: {bucket: my-tfgrid-state}}", _s3.Environment, WithMycelium);
        homes.MoveSecondTo("far-away");
        Deployment made = await homes.First.UpAsync(homes.FirstApp, "--trust");
        Assert.That(
            _s3.Objects,
            Is.SupersetOf(new[] { "tfgrid-compose/tandem/tandem/record.tfstate", "tfgrid-compose/tandem/tandem/terraform.tfstate" }));

        ProgramResult up = (await homes.Second.RunAsync("up", homes.SecondApp.Folder, "--trust", "--grid", "local")).MustEndWith(0);

        var copy = Deployment.Of(homes.SecondApp);
        Assert.That((copy.Id, copy.WireguardInterface), Is.EqualTo((made.Id, (string?)null)), up.Everything);
        Assert.That(await GridMachine.OfAsync(homes.First, made.Id), Has.Count.EqualTo(1), "never two bills");
        Assert.That((await homes.Second.RunAsync("exec", "tandem", "--", "hostname")).MustEndWith(0).Output, Is.EqualTo("vm\n"));
        Assert.That(Ssh(copy), Is.EqualTo(copy.State["mycelium_ip"]), "one WireGuard peer serves one machine");

        ProgramResult down = (await homes.Second.RunAsync("down", "tandem", "--yes")).MustEndWith(0);

        Assert.That(down.Errors, Does.Contain($"still has the interface {made.WireguardInterface}"));
        var footprint = Footprint.Of(homes.First, homes.FirstApp);
        (await homes.First.RunAsync("down", "tandem", "--yes")).MustEndWith(0);
        await footprint.MustBeGoneAsync();
    }

    [Test]
    public async Task Of_two_that_begin_at_once_one_is_refused_and_told_who_works()
    {
        string state = $"{{backend: s3, config: {{bucket: {S3Server.Bucket}, dynamodb_table: {S3Server.Table}}}}}";
        await using TwoHomes homes = await TwoHomes.CreateAsync("race", state, _s3.Environment);
        ProgramResult[] both = await Task.WhenAll(
            homes.First.RunAsync("up", homes.FirstApp.Folder, "--trust", "--grid", "local"),
            homes.Second.RunAsync("up", homes.SecondApp.Folder, "--trust", "--grid", "local"));

        Assert.That(both.Select(result => result.ExitCode).Order(), Is.EqualTo(new[] { 0, 7 }), both[0].Everything + both[1].Everything);
        ProgramResult refused = both.Single(result => result.ExitCode == 7);
        Assert.That(refused.Errors, Does.Match("TFC0741.*race is being changed by 'tfgrid-compose up.*' \\(process [0-9]+ of "));
        Lab winner = both[0].ExitCode == 0 ? homes.First : homes.Second;
        Lab loser = both[0].ExitCode == 0 ? homes.Second : homes.First;
        Assert.That((winner.Deployments.Count, loser.Deployments.Count), Is.EqualTo((1, 0)));
        Assert.That(await GridMachine.OfAsync(winner, winner.Deployments[0].Id), Has.Count.EqualTo(1));

        // The loser tries again after the other has ended: it joins the same deployment.
        SampleApp its = loser == homes.First ? homes.FirstApp : homes.SecondApp;
        (await loser.RunAsync("attach", its.Folder, "--trust")).MustEndWith(0);
        Assert.That(loser.Deployments[0].Id, Is.EqualTo(winner.Deployments[0].Id));
    }

    [Test]
    public async Task The_one_tunnel_is_taken_only_where_that_is_asked_for()
    {
        await using TwoHomes homes = await TwoHomes.CreateAsync("tunnel", "{backend: pg}", Postgres());
        homes.MoveSecondTo("other-desk");
        Deployment made = await homes.First.UpAsync(homes.FirstApp, "--trust");

        ProgramResult refused = (await homes.Second.RunAsync("up", homes.SecondApp.Folder, "--trust")).MustEndWith(7);

        Assert.That(refused.Errors, Does.Contain("TFC0746").And.Contain(Environment.MachineName).And.Contain("--take-tunnel"));
        Assert.That(Directory.Exists($"/sys/class/net/{made.WireguardInterface}"));

        // Both homes share this computer and its routes, so the first end of the tunnel goes, as if its computer were off.
        (await homes.First.RunToolAsync("wg-quick", "down", made.WireguardInterface!)).MustEndWith(0);
        (await homes.Second.RunAsync("attach", homes.SecondApp.Folder, "--trust", "--take-tunnel")).MustEndWith(0);
        Assert.That((await homes.Second.RunAsync("exec", "tunnel", "--", "hostname")).MustEndWith(0).Output, Is.EqualTo("vm\n"));
        (await homes.Second.RunAsync("up", homes.SecondApp.Folder, "--trust")).MustEndWith(0);
        Assert.That((await homes.First.RunAsync("up", homes.FirstApp.Folder, "--trust")).MustEndWith(7).Errors, Does.Contain("other-desk"));
        (await homes.Second.RunAsync("down", "tunnel", "--yes")).MustEndWith(0);
    }

    [Test]
    public async Task A_state_moves_to_a_backend_and_back_and_a_kept_copy_can_be_restored()
    {
        await using Lab lab = await Lab.CreateAsync();
        lab.Environment["PG_CONN_STR"] = _postgres.Connection;
        SampleApp app = lab.App("nomads");
        Deployment deployment = await lab.UpAsync(app, "--trust");
        string local = deployment.In("terraform/terraform.tfstate");
        Assert.That((await lab.RunAsync("state", "list", "nomads")).MustEndWith(0).Output, Does.Contain("2 resources"));

        app.More = "state: {backend: pg}";
        app.WriteManifest();
        Assert.That(
            (await lab.RunAsync("up", app.Folder, "--trust")).MustEndWith(7).Errors,
            Does.Contain("TFC0742").And.Contain($"state migrate {deployment.Id}"));
        Assert.That(
            (await lab.RunAsync("state", "migrate", "nomads", "--yes", "--trust")).MustEndWith(0).Errors,
            Does.Contain("the old copy is still there").And.Contain("rm "));
        Assert.That(File.Exists(local), Is.False);
        int lines = deployment.Journal.Count;
        (await lab.RunAsync("up", app.Folder, "--trust")).MustEndWith(0);
        Assert.That(deployment.Journal.Skip(lines), Has.None.EqualTo("infrastructure done").And.None.EqualTo("platform done"));
        string shared = (await lab.RunAsync("state", "pull", "nomads")).MustEndWith(0).Output;
        Assert.That(Resources(shared), Is.EqualTo(2));
        Assert.That(
            (await lab.RunToolInAsync(deployment.In("terraform"), Tool, "output", "-raw", "primary_ip")).MustEndWith(0).Output,
            Is.EqualTo(deployment.PrimaryIp));

        // A spoiled state is replaced by the kept copy, with a higher serial.
        string spoiled = lab.In("spoiled.json");
        await File.WriteAllTextAsync(spoiled, Spoiled(shared));
        (await lab.RunAsync("state", "push", spoiled, "nomads", "--yes")).MustEndWith(0);
        Assert.That(Resources((await lab.RunAsync("state", "pull", "nomads")).Output), Is.Zero);
        string list = (await lab.RunAsync("state", "list", "nomads")).MustEndWith(0).Output;
        string number = list.Split('\n', StringSplitOptions.RemoveEmptyEntries).Last(
            line => line.Contains("2 resources", StringComparison.Ordinal)).Trim().Split(' ')[0];
        (await lab.RunAsync("state", "restore", number, "nomads", "--yes")).MustEndWith(0);
        string restored = (await lab.RunAsync("state", "pull", "nomads")).Output;
        Assert.That(Resources(restored), Is.EqualTo(2));
        Assert.That(Serial(restored), Is.GreaterThan(Serial(shared)));

        Assert.That(
            (await lab.RunAsync("state", "migrate", "nomads", "--to", "local", "--yes")).MustEndWith(0).Errors,
            Does.Contain("DROP SCHEMA"));
        app.More = "";
        app.WriteManifest();
        Assert.That(Resources(await File.ReadAllTextAsync(local)), Is.EqualTo(2));
        (await lab.RunAsync("up", app.Folder, "--trust")).MustEndWith(0);
        (await lab.RunAsync("down", "nomads", "--yes")).MustEndWith(0);
    }

    private Dictionary<string, string?> Postgres() => new() { ["PG_CONN_STR"] = _postgres.Connection };

    private static string Ssh(Deployment deployment)
    {
        using var record = JsonDocument.Parse(deployment.Read("deployment.json"));
        return record.RootElement.GetProperty("hosts")[0].GetProperty("ssh_address").GetString()!;
    }

    private static int Resources(string state)
    {
        using var document = JsonDocument.Parse(state);
        return document.RootElement.GetProperty("resources").GetArrayLength();
    }

    private static long Serial(string state)
    {
        using var document = JsonDocument.Parse(state);
        return document.RootElement.GetProperty("serial").GetInt64();
    }

    private static string Spoiled(string state)
    {
        using var document = JsonDocument.Parse(state);
        string lineage = document.RootElement.GetProperty("lineage").GetString()!;
        return $$"""
            {"version":4,"terraform_version":"1.0.0","serial":{{Serial(state)}},"lineage":"{{lineage}}","outputs":{},"resources":[]}
            """;
    }
}
