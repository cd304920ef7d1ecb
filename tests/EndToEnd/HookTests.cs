using TfgridCompose.EndToEnd.Tests.Support;

namespace TfgridCompose.EndToEnd.Tests;

/// <summary>A hook runs apart from whoever started it: once, to its end.</summary>
public sealed class HookTests
{
    private const string Patient = """
        #!/bin/sh
        echo run >>/root/runs
        grep SigIgn /proc/self/status >/root/ignored
        echo begun
        until [ -e /root/go ]; do sleep 0.1; done
        sleep 300 &
        echo ended
        """;

    [Test]
    public async Task It_outlives_this_program_and_its_connection_and_is_ended_by_a_second_interrupt()
    {
        await using Lab lab = await Lab.CreateAsync();
        SampleApp app = lab.App("hooked").Hook("setup", Patient).Hook("healthcheck", "#!/bin/sh\nexit 0");
        app.Packages = "[]";
        app.WriteManifest();

        // This program dies.
        using (RunningProgram up = lab.Start("up", app.Folder, "--grid", "local"))
        {
            await up.SaysAsync("setup| begun");
            up.Signal("KILL");
            await up.EndAsync();
        }

        // Its connection is lost.
        using (RunningProgram up = lab.Start("up", app.Folder))
        {
            await up.SaysAsync("setup on vm, as the earlier run started it");
            await up.SaysAsync("setup| begun");
            string control = Deployment.Of(app).In("vm.ssh");
            (await lab.RunToolAsync("ssh", "-F", "/dev/null", "-o", $"ControlPath={control}", "-O", "exit", "vm")).MustEndWith(0);
            ProgramResult lost = (await up.EndAsync()).MustEndWith(5);
            Assert.That(lost.Errors, Does.Contain("error TFC0514: The connection to 'vm' was lost while the setup hook ran"));
        }

        // The tunnel dies. ssh gives up after a minute without an answer.
        using (RunningProgram up = lab.Start("up", app.Folder))
        {
            await up.SaysAsync("setup on vm, as the earlier run started it");
            await up.SaysAsync("setup| begun");
            (await lab.RunToolAsync("wg-quick", "down", Deployment.Of(app).RecordedInterface)).MustEndWith(0);
            Assert.That((await up.EndAsync()).MustEndWith(5).Errors, Does.Contain("error TFC0514"));
        }

        // What it leaves in the background is not waited for.
        using (RunningProgram up = lab.Start("up", app.Folder))
        {
            await up.SaysAsync("setup on vm, as the earlier run started it");
            await OnAsync(lab, app, "touch /root/go");
            ProgramResult ended = (await up.EndAsync()).MustEndWith(0);
            Assert.That(ended.Errors, Does.Contain("setup| begun").And.Contain("setup| ended").And.Contain("healthcheck on vm"));
            Assert.That(ended.Errors, Does.Not.Contain("healthcheck on vm, as"));
        }

        Assert.That(await OnAsync(lab, app, "cat /root/runs; ps -C sleep -o args="), Is.EqualTo("run\nsleep 300\n"));
        Assert.That(await OnAsync(lab, app, "cat /root/ignored"), Is.EqualTo("SigIgn:\t0000000000000000\n"));

        // Its own exit code, whatever it is.
        app.Hook("setup", "#!/bin/sh\necho fatal\nexit 255");
        Assert.That(
            (await lab.RunAsync("up", app.Folder)).MustEndWith(5).Errors,
            Does.Contain("error TFC0512: The hook 'setup' on 'vm' ended with exit code 255:\nfatal"));

        // Ctrl-C, and once more.
        app.Hook("setup", "#!/bin/sh\necho begun\nsleep 200");
        using RunningProgram interrupted = lab.StartGroup("up", app.Folder);
        await interrupted.SaysAsync("setup| begun");
        interrupted.Signal("INT", group: true);
        await interrupted.SaysAsync("waiting for the setup hook on vm to end; press Ctrl-C again to end it");
        interrupted.Signal("INT", group: true);
        (await interrupted.EndAsync()).MustEndWith(130);
        Assert.That(
            await OnAsync(lab, app, "ls -A /var/lib/tfgrid-compose; ps -C sleep -o args="), Is.EqualTo("sleep 300\n"));
    }

    private static async Task<string> OnAsync(Lab lab, SampleApp app, string commands) =>
        (await lab.RunAsync("exec", app.Folder, "--", "sh", "-c", commands)).MustEndWith(0).Output;
}
