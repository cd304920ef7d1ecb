using TfgridCompose.EndToEnd.Tests.Support;
using TfgridCompose.Tests.Shared;

namespace TfgridCompose.EndToEnd.Tests;

/// <summary>
/// This computer restarts, and with it all nodes of the local grid: the first <c>up</c> or <c>status</c> brings the machines back as
/// they were. Alone on the machine, because the reboot takes all machines.
/// </summary>
[NonParallelizable]
[Category("Exclusive")]
public sealed class RebootTests
{
    // Without it, the page would not be served after a boot.
    private const string Keep = """
        mkdir -p /etc/systemd/system/multi-user.target.wants
        ln -s ../page.service /etc/systemd/system/multi-user.target.wants/
        echo kept >/root/kept
        sync
        """;

    private const string Note = "machines of the local grid start again after a restart of this computer";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    [Test]
    public async Task The_first_up_after_a_reboot_finds_the_machine_with_its_data()
    {
        await using Lab lab = await Lab.CreateAsync();
        SampleApp app = lab.App("rebooted", "status: {method: http, endpoint: /, port: 8080}");
        Deployment deployment = await lab.UpAsync(app);
        GridMachine before = (await GridMachine.OfAsync(lab, deployment.Id)).Single();
        (await lab.RunAsync("exec", app.Folder, "--", "sh", "-c", Keep)).MustEndWith(0);

        ComputerReboot.TakeAway(deployment.WireguardInterface!);
        ProgramResult up = (await lab.RunAsync("up", app.Folder, "--non-interactive")).MustEndWith(0);

        Assert.That(up.Errors, Does.Contain(Note).And.Contain(before.Machine));
        Assert.That(up.Elapsed, Is.LessThan(Soon), "it does not wait its whole limit");
        await IsAsBeforeAsync(lab, app, deployment, before);

        ComputerReboot.TakeAway(deployment.WireguardInterface!);
        ProgramResult status = (await lab.RunAsync("status", app.Folder)).MustEndWith(6);
        Assert.That(status.Errors, Does.Contain(Note));
        Assert.That(status.Output, Does.Contain("the tunnel is gone"));
        Assert.That((await lab.RunAsync("grid", "local", "start")).MustEndWith(0).Output, Does.Contain("\"machines\":[]"), "it runs");

        (await lab.RunAsync("up", app.Folder, "--non-interactive")).MustEndWith(0);
        await IsAsBeforeAsync(lab, app, deployment, before);
    }

    private static async Task IsAsBeforeAsync(Lab lab, SampleApp app, Deployment deployment, GridMachine before)
    {
        GridMachine after = (await GridMachine.OfAsync(lab, deployment.Id)).Single();
        Assert.That((after.Machine, after.Contract), Is.EqualTo((before.Machine, before.Contract)));
        Assert.That(await Web.PageAsync(deployment.PrimaryIp), Is.EqualTo(app.Page));
        Assert.That((await lab.RunAsync("exec", app.Folder, "--", "cat", "/root/kept")).MustEndWith(0).Output, Is.EqualTo("kept\n"));
        (await lab.RunAsync("status", app.Folder)).MustEndWith(0);
    }
}
