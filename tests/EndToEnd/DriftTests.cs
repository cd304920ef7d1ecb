using System.Text.Json;
using TfgridCompose.EndToEnd.Tests.Support;

namespace TfgridCompose.EndToEnd.Tests;

/// <summary>
/// Reality departs from the record of a running deployment: <c>status</c> says what differs, <c>up</c> repairs it or says why it cannot.
/// The tests take turns with one deployment; after each of them nothing differs.
/// </summary>
[Parallelizable(ParallelScope.Self)]
public sealed class DriftTests
{
    // Its fault affects no other test.
    private const int Node = 2;

    private Lab _lab = null!;
    private SampleApp _app = null!;
    private Deployment _deployment = null!;

    [OneTimeSetUp]
    public async Task BringUp()
    {
        _lab = await Lab.CreateAsync();
        _app = _lab.App("drifting", "status: {method: http, endpoint: /, port: 8080}");
        _app.Node = Node;
        _app.WriteManifest();
        _deployment = await _lab.UpAsync(_app);
        await NothingDiffers();
    }

    [OneTimeTearDown]
    public async Task TakeDown() => await _lab.DisposeAsync();

    [TearDown]
    public async Task NothingDiffers() => Assert.That(await DiffersAsync(0), Is.Empty);

    [Test]
    public async Task A_removed_tunnel_is_seen_and_brought_back_and_the_machine_stays()
    {
        IReadOnlyList<GridMachine> machines = await GridMachine.OfAsync(_lab, _deployment.Id);
        (await _lab.RunToolAsync("wg-quick", "down", _deployment.WireguardInterface!)).MustEndWith(0);

        Assert.That(await DiffersAsync(6), Does.Contain(_deployment.WireguardInterface));
        int lines = _deployment.Journal.Count;
        (await _lab.RunAsync("up", _app.Folder)).MustEndWith(0);

        Assert.That(await GridMachine.OfAsync(_lab, _deployment.Id), Is.EqualTo(machines));
        Assert.That(
            _deployment.Journal.Skip(lines),
            Has.Member("network done").And.None.EqualTo("infrastructure done").And.None.EqualTo("application done"));
    }

    [TestCase("all")]
    [TestCase("one")]
    [TestCase("not noticed by its node")]
    public async Task A_machine_whose_contract_was_cancelled_is_seen_and_made_anew(string which)
    {
        GridMachine before = (await GridMachine.OfAsync(_lab, _deployment.Id)).Single();
        if (which == "not noticed by its node")
        {
            await GridFault.AddAsync(_lab, "late-node", Node);
        }

        await (which == "all" ? CancelAsync($"tfc/{_deployment.Id}") : CancelAsync("--contracts", $"{before.Contract}"));

        Assert.That(await DiffersAsync(6), Does.Contain("ssh vm").And.Contain("contracts"));
        ProgramResult plan = (await _lab.RunAsync("plan", _app.Folder, "--detailed-exitcode")).MustEndWith(10);
        Assert.That(plan.Output, Does.Contain("replace machine vm: it is gone from the grid"));
        ProgramResult up = (await _lab.RunAsync("up", _app.Folder, "--yes")).MustEndWith(0);

        Assert.That(up.Errors, Does.Contain("replace machine vm: it is gone from the grid"));
        Assert.That(await Web.PageAsync(_deployment.PrimaryIp), Is.EqualTo(_app.Page));
        Assert.That((await GridMachine.OfAsync(_lab, _deployment.Id)).Single().Contract, Is.Not.EqualTo(before.Contract));
    }

    [Test]
    public async Task A_machine_that_is_lost_is_waited_for_and_then_made_anew_with_the_users_word()
    {
        GridMachine before = (await GridMachine.OfAsync(_lab, _deployment.Id)).Single();
        await StopAsync(before);

        Assert.That(await DiffersAsync(6), Does.Contain("ssh vm"));
        (await _lab.RunAsync("up", _app.Folder, "--yes", "--wait-limit", "2")).MustEndWith(6);
        Assert.That((await GridMachine.OfAsync(_lab, _deployment.Id)).Single().Contract, Is.EqualTo(before.Contract), "it is waited for");
        const string Reason =
            "replace machine vm (ALL DATA ON IT IS LOST): it does not answer, and the last wait for it was in vain";
        Assert.That((await _lab.RunAsync("plan", _app.Folder)).MustEndWith(0).Output, Does.Contain(Reason));
        Assert.That((await _lab.RunAsync("up", _app.Folder, "--non-interactive")).MustEndWith(2).Errors, Does.Contain("TFC0107"));
        ProgramResult up = (await _lab.RunAsync("up", _app.Folder, "--allow-data-loss")).MustEndWith(0);

        Assert.That(up.Errors, Does.Contain(Reason));
        Assert.That(await Web.PageAsync(_deployment.PrimaryIp), Is.EqualTo(_app.Page));
        Assert.That((await GridMachine.OfAsync(_lab, _deployment.Id)).Single().Contract, Is.Not.EqualTo(before.Contract));
    }

    [Test]
    public async Task Another_host_key_is_refused_until_the_user_says_otherwise()
    {
        (await _lab.RunAsync(
            "exec", _app.Folder, "--", "sh", "-c", "rm /etc/ssh/ssh_host_*; ssh-keygen -A; systemctl restart ssh")).MustEndWith(0);

        Assert.That(await DiffersAsync(6), Does.Contain("ssh vm"));
        ProgramResult refused = (await _lab.RunAsync("up", _app.Folder)).MustEndWith(6);
        Assert.That(refused.Errors, Does.Contain("TFC0602").And.Contain(_deployment.In("known_hosts")));

        await File.WriteAllTextAsync(_deployment.In("known_hosts"), "");
        (await _lab.RunAsync("up", _app.Folder, "--from", "wait")).MustEndWith(0);
    }

    [Test]
    public async Task A_stopped_service_is_seen_while_somebody_watches()
    {
        using RunningProgram watch = _lab.StartGroup("status", _app.Folder, "--watch", "--interval", "1");
        await watch.PrintsAsync("infrastructure");

        (await _lab.RunAsync("exec", _app.Folder, "--", "systemctl", "stop", "page.service")).MustEndWith(0);

        await watch.PrintsAsync("! HTTP 200 from port 8080/");
        watch.Signal("INT", group: true);
        (await watch.EndAsync()).MustEndWith(0);
        (await _lab.RunAsync("up", _app.Folder, "--from", "application")).MustEndWith(0);
    }

    // Kills the machine's init, as a crash of its kernel would; the contract stays.
    private static async Task StopAsync(GridMachine machine)
    {
        int container = machine.ProcessId ?? throw new AssertionException("the machine has no process");
        using var init = System.Diagnostics.Process.GetProcessById(await FirstChildAsync(await FirstChildAsync(container)));
        init.Kill();
        await Eventually.HoldsAsync(
            () => Directory.Exists($"/proc/{container}") ? "the container's process is still there" : null,
            "the machine stops",
            TimeSpan.FromMinutes(2));
    }

    // Two levels down from the machine's shell: systemd-nspawn, then the machine's init.
    private static async Task<int> FirstChildAsync(int process) => int.Parse(
        (await File.ReadAllTextAsync(
            $"/proc/{process}/task/{process}/children")).Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);

    private async Task CancelAsync(params string[] which) =>
        (await _lab.RunToolAsync(Product.LocalGrid, ["cancel", .. which])).MustEndWith(0);

    private async Task<string[]> DiffersAsync(int exitCode)
    {
        using var status =
            JsonDocument.Parse((await _lab.RunAsync("status", _app.Folder, "--output", "json")).MustEndWith(exitCode).Output);
        return [.. status.RootElement.GetProperty("differs").EnumerateArray().Select(subject => subject.GetString()!)];
    }
}
