using TfgridCompose.EndToEnd.Tests.Support;

namespace TfgridCompose.EndToEnd.Tests;

/// <summary>Runs that meet each other, are cancelled, or die.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class InterruptedUpTests
{
    [Test]
    public async Task While_an_up_runs_another_names_it_and_ends_with_7()
    {
        await using Lab lab = await Lab.CreateAsync();
        SampleApp app = lab.App("busy");
        using RunningProgram first = lab.Start("up", app.Folder, "--grid", "local");
        await first.SaysAsync("> infrastructure");

        ProgramResult second = (await lab.RunAsync("up", app.Folder, "--grid", "local")).MustEndWith(7);
        ProgramResult down = (await lab.RunAsync("down", app.Folder, "--yes")).MustEndWith(7);

        Assert.That(second.Errors, Does.Contain($"process {first.Id} ").And.Contain("tfgrid-compose up"));
        Assert.That(down.Errors, Does.Contain($"process {first.Id} "));
        (await first.EndAsync()).MustEndWith(0);
        Assert.That(lab.Deployments, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Down_with_nothing_there_ends_with_7_and_a_remedy()
    {
        await using Lab lab = await Lab.CreateAsync();
        SampleApp app = lab.App("absent");

        Assert.That(
            (await lab.RunAsync("down", app.Folder, "--yes")).MustEndWith(7).Errors,
            Does.Contain("There is no deployment").And.Contain("tfgrid-compose up APP"));
        Assert.That((await lab.RunAsync("down", "no-such-id", "--yes")).MustEndWith(7).Errors, Does.Contain("no-such-id"));
    }

    [Test]
    public async Task Ctrl_C_during_the_platform_ends_with_130_and_up_goes_on()
    {
        await using Lab lab = await Lab.CreateAsync();
        SampleApp app = lab.App("patient");
        using RunningProgram up = lab.StartGroup("up", app.Folder, "--grid", "local");
        await up.SaysAsync("TASK [");

        up.Signal("INT", group: true);

        ProgramResult cancelled = (await up.EndAsync()).MustEndWith(130);
        Assert.That(cancelled.Errors, Does.Contain("cancelled"));
        var deployment = Deployment.Of(app);
        IReadOnlyList<GridMachine> machines = await GridMachine.OfAsync(lab, deployment.Id);
        Assert.That(deployment.Journal, Has.None.EqualTo("application done"));
        Assert.That(deployment.State["status"], Is.EqualTo("failed"));

        (await lab.RunAsync("up", app.Folder)).MustEndWith(0);

        Assert.That(deployment.Journal.Count(line => line == "infrastructure done"), Is.EqualTo(1));
        Assert.That(await GridMachine.OfAsync(lab, deployment.Id), Is.EqualTo(machines));
        Assert.That(await Web.PageAsync(deployment.PrimaryIp), Is.EqualTo(app.Page));
    }

    [Test]
    public async Task Up_goes_on_after_one_that_was_killed_while_it_made_the_machine()
    {
        await using Lab lab = await Lab.CreateAsync();
        SampleApp app = lab.App("lazarus");
        await KillDuringApply(lab, app);

        Deployment deployment = await lab.UpAsync(app);

        Assert.That(lab.Deployments, Has.Count.EqualTo(1));
        Assert.That(await GridMachine.OfAsync(lab, deployment.Id), Has.Count.EqualTo(1));
        Assert.That(await Web.PageAsync(deployment.PrimaryIp), Is.EqualTo(app.Page));
    }

    [Test]
    public async Task Down_leaves_nothing_after_an_up_that_was_killed_while_it_made_the_machine()
    {
        await using Lab lab = await Lab.CreateAsync();
        SampleApp app = lab.App("ghost");
        await KillDuringApply(lab, app);
        var deployment = Deployment.Of(app);

        (await lab.RunAsync("down", deployment.Id, "--yes")).MustEndWith(0);

        Assert.That(lab.Deployments, Is.Empty);
        Assert.That(await GridMachine.OfAsync(lab, deployment.Id), Is.Empty);
        Assert.That(await File.ReadAllTextAsync("/var/lib/tfgrid-localgrid/world.json"), Does.Not.Contain($"tfc/{deployment.Id}\""));
    }

    private static async Task KillDuringApply(Lab lab, SampleApp app)
    {
        using RunningProgram up = lab.Start("up", app.Folder, "--grid", "local");
        await up.SaysAsync("grid_deployment.vm: Creating");
        up.Signal("KILL");
        await up.EndAsync();
    }
}
