using System.Globalization;
using System.Text.Json;
using TfgridCompose.EndToEnd.Tests.Support;

namespace TfgridCompose.EndToEnd.Tests;

/// <summary>
/// Faults outside of tfgrid-compose: <c>up</c> ends with the right exit code and says what exists and what to do; the next <c>up</c>
/// continues. Nodes 3, 6 and 8 belong to this fixture: other tests name their nodes, or need at most two, which are the larger ones.
/// </summary>
[Parallelizable(ParallelScope.Self)]
public sealed class FaultTests
{
    [Test]
    public async Task An_apply_that_fails_on_the_second_of_two_machines_keeps_the_first_and_up_makes_the_second()
    {
        await using Lab lab = await Lab.CreateAsync();
        SampleApp app = Fleet.In(lab, "half", "count: 2, nodes: [6, 8]");
        await GridFault.AddAsync(lab, "half-way", node: 8);

        ProgramResult failed = (await lab.RunAsync("up", app.Folder, "--grid", "local")).MustEndWith(4);

        var deployment = Deployment.Of(app);
        Assert.That(
            failed.Errors,
            Does.Contain("TFC0403").And.Contain("half-way").And.Contain($"up {app.Folder}").And.Contain($"down {deployment.Id}"));
        IReadOnlyList<GridMachine> first = await GridMachine.OfAsync(lab, deployment.Id);
        Assert.That(first, Has.Count.EqualTo(1));
        Assert.That(deployment.State["status"], Is.EqualTo("failed"));
        Assert.That((await lab.RunAsync("status", app.Folder)).MustEndWith(9).Output, Does.Match(@"status +failed"));

        (await lab.RunAsync("up", app.Folder)).MustEndWith(0);

        IReadOnlyList<GridMachine> both = await GridMachine.OfAsync(lab, deployment.Id);
        Assert.That(both, Has.Count.EqualTo(2));
        Assert.That(both, Has.Member(first[0]), "the machine that was there is still the same");
        await MustLeaveNothingAsync(lab, app);
    }

    [Test]
    public async Task A_provider_that_dies_after_it_made_a_machine_leaves_none_twice()
    {
        await using Lab lab = await Lab.CreateAsync();
        SampleApp app = Fleet.In(lab, "orphan", "count: 2, nodes: [6, 8]");
        await GridFault.AddAsync(lab, "provider-dies", node: 8);

        ProgramResult failed = (await lab.RunAsync("up", app.Folder, "--grid", "local")).MustEndWith(4);

        var deployment = Deployment.Of(app);
        Assert.That(failed.Errors, Does.Contain("TFC0403").And.Contain($"down {deployment.Id}"));
        Assert.That(await GridMachine.OfAsync(lab, deployment.Id), Is.Not.Empty, "a machine is there that Terraform does not know");

        ProgramResult up = (await lab.RunAsync("up", app.Folder)).MustEndWith(0);

        Assert.That(up.Errors, Does.Contain("cancelling contracts that are not in Terraform's state"));
        Assert.That(await GridMachine.OfAsync(lab, deployment.Id), Has.Count.EqualTo(2));
        await MustLeaveNothingAsync(lab, app);
    }

    [Test]
    public async Task On_a_paid_grid_nothing_is_paid_twice_after_a_provider_that_died()
    {
        await using Lab lab = await Lab.CreateAsync();
        using LocalGridProxy proxy = await LocalGridProxy.OfAsync(lab);
        SampleApp app = lab.App("dear");
        app.Node = 3;
        app.WriteManifest();
        await GridFault.AddAsync(lab, "provider-dies", node: 3);

        (await lab.RunAsync("up", app.Folder, "--grid", "main", "--yes")).MustEndWith(4);
        ProgramResult refused = (await lab.RunAsync("up", app.Folder, "--yes")).MustEndWith(7);

        var deployment = Deployment.Of(app);
        GridMachine stray = (await GridMachine.OfAsync(lab, deployment.Id)).Single();
        Assert.That(refused.Errors, Does.Contain("TFC0720").And.Contain($"`tfcmd cancel contracts {stray.Contract}`"));

        (await lab.RunToolAsync(Product.LocalGrid, "cancel", "--contracts", $"{stray.Contract}")).MustEndWith(0);
        (await lab.RunAsync("up", app.Folder, "--yes")).MustEndWith(0);

        Assert.That(await GridMachine.OfAsync(lab, deployment.Id), Has.Count.EqualTo(1));
        await GridFault.KillNodeAsync(lab, 3);
        try
        {
            await MustLeaveNothingAsync(lab, app);
        }
        finally
        {
            await GridFault.ClearAsync(lab, 3);
        }
    }

    [Test]
    public async Task Down_ends_what_a_dead_provider_made()
    {
        await using Lab lab = await Lab.CreateAsync();
        SampleApp app = lab.App("widow");
        app.Node = 3;
        app.WriteManifest();
        await GridFault.AddAsync(lab, "provider-dies", node: 3);

        (await lab.RunAsync("up", app.Folder, "--grid", "local")).MustEndWith(4);

        Assert.That(await GridMachine.OfAsync(lab, Deployment.Of(app).Id), Has.Count.EqualTo(1));
        await MustLeaveNothingAsync(lab, app);
    }

    [Test]
    public async Task The_machines_of_a_dead_node_move_and_down_ends_what_is_on_another_dead_one()
    {
        await using Lab lab = await Lab.CreateAsync();
        SampleApp app = Fleet.In(lab, "stranded", "count: 2, nodes: [6, 8]");
        Deployment deployment = await lab.UpAsync(app);
        IReadOnlyList<GridMachine> before = await GridMachine.OfAsync(lab, deployment.Id);
        try
        {
            await GridFault.KillNodeAsync(lab, 6);
            Fleet.Change(app, "count: 2, nodes: [3, 8]");

            ProgramResult failed = (await lab.RunAsync("up", app.Folder, "--allow-data-loss")).MustEndWith(4);
            Assert.That(failed.Errors, Does.Contain("TFC0402").And.Contain("failed to get node features '6'"));
            (await lab.RunAsync("up", app.Folder, "--leave-node", "6", "--allow-data-loss")).MustEndWith(0);

            IReadOnlyList<GridMachine> after = await GridMachine.OfAsync(lab, deployment.Id);
            Assert.That(after, Has.Count.EqualTo(2));
            Assert.That(after.Intersect(before).Single(), Is.EqualTo(before.Single(machine => after.Contains(machine))), "one stays");
            Assert.That(await ContractsOnAsync(lab, 6), Is.Zero, "the dead node's contracts have ended, the network's too");

            await GridFault.ClearAsync(lab, 6);
            await GridFault.KillNodeAsync(lab, 8);
            await MustLeaveNothingAsync(lab, app);
        }
        finally
        {
            await GridFault.ClearAsync(lab, 6);
            await GridFault.ClearAsync(lab, 8);
        }
    }

    [Test]
    public async Task A_machine_that_never_boots_ends_the_wait_and_the_next_up_replaces_it()
    {
        await using Lab lab = await Lab.CreateAsync();
        SampleApp app = lab.App("asleep");
        app.Node = 3;
        app.WriteManifest();
        await GridFault.AddAsync(lab, "no-boot", node: 3);

        ProgramResult failed = (await lab.RunAsync("up", app.Folder, "--grid", "local", "--wait-limit", "2")).MustEndWith(6);

        var deployment = Deployment.Of(app);
        Assert.That(
            failed.Errors,
            Does.Contain("TFC0601").And.Contain("vm on node 3").And.Contain($"up {app.Folder}").And.Contain($"down {deployment.Id}"));
        GridMachine asleep = (await GridMachine.OfAsync(lab, deployment.Id)).Single();

        ProgramResult up = (await lab.RunAsync("up", app.Folder)).MustEndWith(0);

        Assert.That(up.Errors, Does.Contain("replace machine vm: no login to it ever succeeded"));
        Assert.That((await GridMachine.OfAsync(lab, deployment.Id)).Single(), Is.Not.EqualTo(asleep));
        Assert.That(await Web.PageAsync(deployment.PrimaryIp), Is.EqualTo(app.Page));

        // The same for a machine that replaces, with the same address, one that did answer.
        await GridFault.AddAsync(lab, "no-boot", node: 3);
        app.Memory = 640;
        app.WriteManifest();
        (await lab.RunAsync("up", app.Folder, "--wait-limit", "2", "--allow-data-loss")).MustEndWith(6);
        Assert.That((await lab.RunAsync("up", app.Folder)).MustEndWith(0).Errors, Does.Contain("no login to it ever succeeded"));
        await MustLeaveNothingAsync(lab, app);
    }

    [Test]
    public async Task A_connection_that_drops_in_a_task_ends_the_platform_and_up_runs_it_again()
    {
        await using Lab lab = await Lab.CreateAsync();
        SampleApp app = Fleet.In(lab, "dropped", "count: 1, nodes: [6], pause: 5");
        using RunningProgram up = lab.Start("up", app.Folder, "--grid", "local");
        await up.SaysAsync("TASK [Something takes its time]");
        var deployment = Deployment.Of(app);
        GridMachine machine = (await GridMachine.OfAsync(lab, deployment.Id)).Single();

        // A connection that is lost before the task uses it is opened again, and nobody notices.
        await Eventually.HoldsAsync(
            () => ProcessesOf(machine).Any(process => process.CommandLine == "sleep 5") ? null : "it does not sleep yet",
            "the task runs on the machine",
            TimeSpan.FromMinutes(5));
        Assert.That(KillSessions(machine), Is.Positive);

        ProgramResult failed = (await up.EndAsync()).MustEndWith(5);
        Assert.That(failed.Errors, Does.Contain("TFC05").And.Contain("node_1 on node 6").And.Contain($"up {app.Folder}"));
        Assert.That(deployment.Journal[^1], Is.EqualTo("platform failed"));
        int lines = deployment.Journal.Count;

        (await lab.RunAsync("up", app.Folder)).MustEndWith(0);

        Assert.That(deployment.Journal.Skip(lines).First(), Is.EqualTo("platform started"));
        Assert.That(await GridMachine.OfAsync(lab, deployment.Id), Is.EqualTo(new[] { machine }));
    }

    [Test]
    public async Task A_full_disk_stops_up_at_any_moment_and_nothing_is_lost()
    {
        using var disk = new SmallDisk(megabytes: 8);
        await using Lab lab = await Lab.CreateAsync();
        lab.Environment["TFGRID_COMPOSE_HOME"] = disk.Folder;
        SampleApp app = lab.App("cramped");
        disk.Fill();

        ProgramResult before = (await lab.RunAsync("up", app.Folder, "--grid", "local")).MustEndWith(3);

        Assert.That(before.Errors, Does.Contain("No space left"));
        disk.Free();
        using RunningProgram up = lab.Start("up", app.Folder, "--grid", "local");
        await up.SaysAsync("TASK [");
        disk.Fill();
        ProgramResult during = await up.EndAsync();
        Assert.That(during.ExitCode, Is.AnyOf(3, 5), during.Everything);
        Assert.That(during.Errors, Does.Contain("No space left").And.Contain($"up {app.Folder}").And.Contain("tfgrid-compose down"));
        string id = Path.GetFileName(Directory.GetDirectories(Path.Combine(disk.Folder, "deployments")).Single());
        IReadOnlyList<GridMachine> machines = await GridMachine.OfAsync(lab, id);
        Assert.That(machines, Has.Count.EqualTo(1));
        Assert.That((await lab.RunAsync("status", id)).ExitCode, Is.EqualTo(9));
        disk.Free();

        (await lab.RunAsync("up", app.Folder)).MustEndWith(0);

        Assert.That(await GridMachine.OfAsync(lab, id), Is.EqualTo(machines));
        var footprint = Footprint.Of(lab, app);
        (await lab.RunAsync("down", id, "--yes")).MustEndWith(0);
        await footprint.MustBeGoneAsync();
    }

    // The processes of a local machine are visible here. A session of root is not the sshd that listens.
    private static IEnumerable<ProcessFiles> ProcessesOf(GridMachine machine) =>
        ProcessFiles.All().Where(process => process.Cgroup.Contains(machine.Machine, StringComparison.Ordinal));

    private static int KillSessions(GridMachine machine)
    {
        ProcessFiles[] sessions =
        [
            .. ProcessesOf(machine).Where(process => process.CommandLine.StartsWith("sshd", StringComparison.Ordinal)
                && process.CommandLine.Contains(": root", StringComparison.Ordinal)),
        ];
        foreach (ProcessFiles session in sessions)
        {
            ProcessTree.KillAlone(session.Id);
        }

        return sessions.Length;
    }

    private static async Task<int> ContractsOnAsync(Lab lab, int node)
    {
        string query = string.Create(CultureInfo.InvariantCulture, $"/contracts?node_id={node}&state=Created");
        using var answer = JsonDocument.Parse((await lab.RunToolAsync(Product.LocalGrid, "query", query)).MustEndWith(0).Output);
        return answer.RootElement.GetProperty("body").GetArrayLength();
    }

    private static async Task MustLeaveNothingAsync(Lab lab, SampleApp app)
    {
        var footprint = Footprint.Of(lab, app);
        (await lab.RunAsync("down", app.Folder, "--yes")).MustEndWith(0);
        await footprint.MustBeGoneAsync();
    }
}
