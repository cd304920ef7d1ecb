using TfgridCompose.EndToEnd.Tests.Support;

namespace TfgridCompose.EndToEnd.Tests;

/// <summary>An <c>up</c> that fails keeps what exists, says so, and goes on where it stopped.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class FailedUpTests
{
    [Test]
    public async Task A_failing_hook_keeps_the_machine_and_the_next_up_resumes_at_the_application()
    {
        await using Lab lab = await Lab.CreateAsync();
        SampleApp app = lab.App("fragile");
        string good = await File.ReadAllTextAsync(Path.Combine(app.Folder, "deployment", "setup.sh"));
        app.Hook("setup", "#!/bin/sh\necho 'the disk of the moon is full'\nexit 9");

        ProgramResult failed = (await lab.RunAsync("up", app.Folder, "--grid", "local")).MustEndWith(5);

        var deployment = Deployment.Of(app);
        Assert.That(deployment.Read("hook-setup.log"), Does.Contain("the disk of the moon is full"));
        Assert.That(
            failed.Errors,
            Does.Contain("ended with exit code 9").And.Contain($"tfgrid-compose up {app.Folder}")
                .And.Contain($"tfgrid-compose down {deployment.Id}"));
        Assert.That(deployment.State["status"], Is.EqualTo("failed"));
        string machine = await MachineIdAsync(lab, deployment);
        IReadOnlyList<GridMachine> before = await GridMachine.OfAsync(lab, deployment.Id);
        int lines = deployment.Journal.Count;

        app.Hook("setup", good);
        (await lab.RunAsync("up", app.Folder)).MustEndWith(0);

        Assert.That(
            deployment.Journal.Skip(lines).Where(line => line.EndsWith("done", StringComparison.Ordinal)),
            Is.EqualTo(["application done", "verify done", "finalize done"]));
        Assert.That(await MachineIdAsync(lab, deployment), Is.EqualTo(machine));
        Assert.That(await GridMachine.OfAsync(lab, deployment.Id), Is.EqualTo(before));
        Assert.That(await Web.PageAsync(deployment.PrimaryIp), Is.EqualTo(app.Page));
    }

    [Test]
    public async Task A_failing_healthcheck_hook_ends_with_5_a_page_that_is_not_there_with_6_and_down_leaves_nothing()
    {
        await using Lab lab = await Lab.CreateAsync();
        SampleApp app = lab.App("sick", "status: {method: http, endpoint: /no-such-page}");
        string good = await File.ReadAllTextAsync(Path.Combine(app.Folder, "deployment", "healthcheck.sh"));
        app.Hook("healthcheck", "#!/bin/sh\necho 'no pulse' >&2\nexit 1");

        ProgramResult unhealthy = (await lab.RunAsync("up", app.Folder, "--grid", "local")).MustEndWith(5);

        var deployment = Deployment.Of(app);
        Assert.That(deployment.Read("hook-healthcheck.log"), Does.Contain("no pulse"));
        Assert.That(unhealthy.Errors, Does.Contain("no pulse"));

        app.Hook("healthcheck", good);
        ProgramResult missing = (await lab.RunAsync("up", app.Folder)).MustEndWith(6);

        Assert.That(missing.Errors, Does.Contain("/no-such-page").And.Contain("404").And.Contain("resume:"));
        Assert.That(deployment.Journal[^1], Is.EqualTo("verify failed"));
        var footprint = Footprint.Of(lab, app);
        (await lab.RunAsync("down", deployment.Id, "--yes")).MustEndWith(0);
        await footprint.MustBeGoneAsync();
    }

    [Test]
    public async Task Outputs_that_break_the_contract_keep_the_machines_until_down()
    {
        await using Lab lab = await Lab.CreateAsync();
        Folders.Copy(
            Path.Combine(AppContext.BaseDirectory, "test-patterns", "wrong-address"),
            Path.Combine(lab.ComposeHome, "plugins", "wrong-address"));
        SampleApp app = lab.App("broken");
        app.Pattern = "wrong-address";
        app.WriteManifest();

        ProgramResult failed = (await lab.RunAsync("up", app.Folder, "--grid", "local")).MustEndWith(4);

        var deployment = Deployment.Of(app);
        Assert.That(
            failed.Errors,
            Does.Contain("TFC0406").And.Contain("primary_ip").And.Contain("wrong-address")
                .And.Contain($"tfgrid-compose down {deployment.Id}"));
        Assert.That(await GridMachine.OfAsync(lab, deployment.Id), Has.Count.EqualTo(1));
        (await lab.RunAsync("up", app.Folder)).MustEndWith(4);
        Assert.That(await GridMachine.OfAsync(lab, deployment.Id), Has.Count.EqualTo(1));
        var footprint = Footprint.Of(lab, app);
        (await lab.RunAsync("down", deployment.Id, "--yes")).MustEndWith(0);
        await footprint.MustBeGoneAsync();
    }

    private static async Task<string> MachineIdAsync(Lab lab, Deployment deployment) =>
        (await lab.RunAsync(
            "exec", deployment.Id, "--", "cat", "/etc/machine-id", "/etc/ssh/ssh_host_ed25519_key.pub")).MustEndWith(0).Output;
}
