using System.Text.Json;
using TfgridCompose.EndToEnd.Tests.Support;

namespace TfgridCompose.EndToEnd.Tests;

/// <summary>Reality goes away from the record: <c>status</c> says what differs, <c>up</c> repairs it or says why not.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class DriftTests
{
    [Test]
    public async Task A_removed_tunnel_is_seen_and_brought_back_and_the_machine_stays()
    {
        await using Lab lab = await Lab.CreateAsync();
        SampleApp app = lab.App("tunnel");
        Deployment deployment = await lab.UpAsync(app);
        Assert.That(await DiffersAsync(lab, app, 0), Is.Empty);
        IReadOnlyList<GridMachine> machines = await GridMachine.OfAsync(lab, deployment.Id);
        (await lab.RunToolAsync("wg-quick", "down", deployment.WireguardInterface!)).MustEndWith(0);

        Assert.That(await DiffersAsync(lab, app, 6), Does.Contain(deployment.WireguardInterface));
        int lines = deployment.Journal.Count;
        (await lab.RunAsync("up", app.Folder)).MustEndWith(0);

        Assert.That(await DiffersAsync(lab, app, 0), Is.Empty);
        Assert.That(await GridMachine.OfAsync(lab, deployment.Id), Is.EqualTo(machines));
        Assert.That(deployment.Journal.Skip(lines), Has.Member("network done").And.None.EqualTo("infrastructure done").And.None.EqualTo("application done"));
    }

    [TestCase("stopped")]
    [TestCase("cancelled")]
    public async Task A_machine_that_is_gone_is_seen_and_made_anew(string how)
    {
        await using Lab lab = await Lab.CreateAsync();
        SampleApp app = lab.App(how);
        Deployment deployment = await lab.UpAsync(app);
        GridMachine before = (await GridMachine.OfAsync(lab, deployment.Id)).Single();
        await (how == "stopped" ? StopAsync(before) : CancelAsync(lab, deployment));

        Assert.That(await DiffersAsync(lab, app, 6), Does.Contain("ssh vm").And.Contain("infrastructure"));
        ProgramResult plan = (await lab.RunAsync("plan", app.Folder, "--detailed-exitcode")).MustEndWith(10);
        Assert.That(plan.Output, Does.Contain("replace machine vm: it is gone from the grid"));
        ProgramResult up = (await lab.RunAsync("up", app.Folder)).MustEndWith(0);

        Assert.That(up.Errors, Does.Contain("replace machine vm: it is gone from the grid"));
        Assert.That(await Web.PageAsync(deployment.PrimaryIp), Is.EqualTo(app.Page));
        Assert.That((await GridMachine.OfAsync(lab, deployment.Id)).Single(), Is.Not.EqualTo(before));
        Assert.That(await DiffersAsync(lab, app, 0), Is.Empty);
    }

    [Test]
    public async Task Another_host_key_is_refused_until_the_user_says_otherwise()
    {
        await using Lab lab = await Lab.CreateAsync();
        SampleApp app = lab.App("impostor");
        Deployment deployment = await lab.UpAsync(app);
        (await lab.RunAsync("exec", app.Folder, "--", "sh", "-c", "rm /etc/ssh/ssh_host_*; ssh-keygen -A; systemctl restart ssh")).MustEndWith(0);

        Assert.That(await DiffersAsync(lab, app, 6), Does.Contain("ssh vm"));
        ProgramResult refused = (await lab.RunAsync("up", app.Folder)).MustEndWith(6);
        Assert.That(refused.Errors, Does.Contain("TFC0602").And.Contain(deployment.In("known_hosts")));

        await File.WriteAllTextAsync(deployment.In("known_hosts"), "");
        (await lab.RunAsync("up", app.Folder, "--from", "wait")).MustEndWith(0);
        Assert.That(await DiffersAsync(lab, app, 0), Is.Empty);
    }

    [Test]
    public async Task A_stopped_service_is_seen_while_somebody_watches()
    {
        await using Lab lab = await Lab.CreateAsync();
        SampleApp app = lab.App("served", "status: {method: http, endpoint: /, port: 8080}");
        await lab.UpAsync(app);
        using RunningProgram watch = lab.StartGroup("status", app.Folder, "--watch", "--interval", "1");
        await watch.PrintsAsync("infrastructure");

        (await lab.RunAsync("exec", app.Folder, "--", "systemctl", "stop", "page.service")).MustEndWith(0);

        await watch.PrintsAsync("! HTTP 200 from port 8080/");
        watch.Signal("INT", group: true);
        (await watch.EndAsync()).MustEndWith(6);
        (await lab.RunAsync("up", app.Folder, "--from", "application")).MustEndWith(0);
        Assert.That(await DiffersAsync(lab, app, 0), Is.Empty);
    }

    // The machine's init ends, as at a crash of its kernel; its contract lives.
    private static async Task StopAsync(GridMachine machine)
    {
        int container = machine.ProcessId ?? throw new AssertionException("the machine has no process");
        using var init = System.Diagnostics.Process.GetProcessById(await FirstChildAsync(await FirstChildAsync(container)));
        init.Kill();
        await Eventually.HoldsAsync(() => Directory.Exists($"/proc/{container}") ? "the container's process is still there" : null, "the machine stops", TimeSpan.FromSeconds(20));
    }

    // The shell that holds the machine, systemd-nspawn, the machine's init.
    private static async Task<int> FirstChildAsync(int process) => int.Parse(
        (await File.ReadAllTextAsync($"/proc/{process}/task/{process}/children")).Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);

    private static async Task CancelAsync(Lab lab, Deployment deployment) =>
        (await lab.RunToolAsync(Product.LocalGrid, "cancel", $"tfc/{deployment.Id}")).MustEndWith(0);

    private static async Task<string[]> DiffersAsync(Lab lab, SampleApp app, int exitCode)
    {
        using JsonDocument status = JsonDocument.Parse((await lab.RunAsync("status", app.Folder, "--output", "json")).MustEndWith(exitCode).Output);
        return [.. status.RootElement.GetProperty("differs").EnumerateArray().Select(subject => subject.GetString()!)];
    }
}
