using System.Text.RegularExpressions;
using TfgridCompose.EndToEnd.Tests.Support;

namespace TfgridCompose.EndToEnd.Tests;

/// <summary>Many at once: one writer for a deployment, and nothing shared between deployments.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class ConcurrencyTests
{
    private const int Writers = 20;
    private const int Apps = 8;

    [Test]
    public async Task Of_twenty_ups_of_one_app_one_works_and_the_others_name_it()
    {
        await using Lab lab = await Lab.CreateAsync();
        SampleApp app = lab.App("crowded");
        app.Packages = "[]";
        app.WriteManifest();
        RunningProgram[] ups = [.. Enumerable.Range(0, Writers).Select(_ => lab.Start("up", app.Folder, "--grid", "local"))];

        ProgramResult[] results = await Task.WhenAll(ups.Select(up => up.EndAsync()));

        int winner = Array.FindIndex(results, result => result.ExitCode == 0);
        Assert.That(
            results.Select(result => result.ExitCode),
            Is.EquivalentTo(Enumerable.Repeat(7, Writers - 1).Prepend(0)),
            string.Join('\n', results.Select(result => result.Everything)));
        Assert.That(
            results.Where(result => result.ExitCode == 7).Select(result => result.Errors),
            Has.All.Contains($"process {ups[winner].Id} ").And.All.Contains("TFC0701"));
        Assert.That(lab.Deployments, Has.Count.EqualTo(1));
        var deployment = Deployment.Of(app);
        Assert.That(await GridMachine.OfAsync(lab, deployment.Id), Has.Count.EqualTo(1));
        Assert.That(
            deployment.Journal.Count(line => line.EndsWith("started", StringComparison.Ordinal)),
            Is.EqualTo(deployment.Journal.Distinct().Count(line => line.EndsWith("started", StringComparison.Ordinal))),
            "one run wrote the journal");
        foreach (RunningProgram up in ups)
        {
            up.Dispose();
        }
    }

    [Test]
    public async Task Eight_apps_at_once_share_no_address_interface_or_file()
    {
        await using Lab lab = await Lab.CreateAsync();
        SampleApp[] apps = [.. Enumerable.Range(1, Apps).Select(i => Light(lab, $"app{i}"))];

        Deployment[] deployments = await Task.WhenAll(apps.Select(app => lab.UpAsync(app)));

        string[] pages = await Task.WhenAll(deployments.Select(deployment => Web.PageAsync(deployment.PrimaryIp)));
        Assert.That(pages, Is.EqualTo(apps.Select(app => app.Page)));
        Assert.That(deployments.Select(deployment => deployment.IpRange), Is.Unique);
        Assert.That(deployments.Select(deployment => deployment.PrimaryIp), Is.Unique);
        Assert.That(deployments.Select(deployment => deployment.WireguardInterface), Is.Unique.And.None.Null);
        Assert.That(lab.Deployments, Has.Count.EqualTo(Apps));
        string[] index = await File.ReadAllLinesAsync(Path.Combine(lab.ComposeHome, "index.yaml"));
        Assert.That(index.Select(IdOf), Is.EquivalentTo(deployments.Select(deployment => deployment.Id)));
        foreach (Deployment deployment in deployments)
        {
            Assert.That(
                await File.ReadAllTextAsync($"/etc/wireguard/{deployment.WireguardInterface}.conf"),
                Does.StartWith($"# tfgrid-compose deployment {deployment.Id}\n").And.Contain(deployment.IpRange));
            AssertNamesNoOther(deployment, deployments);
        }

        Footprint[] footprints = [.. apps.Select(app => Footprint.Of(lab, app))];
        foreach (ProgramResult down in await Task.WhenAll(apps.Select(app => lab.RunAsync("down", app.Folder, "--yes"))))
        {
            down.MustEndWith(0);
        }

        foreach (Footprint footprint in footprints)
        {
            await footprint.MustBeGoneAsync();
        }
    }

    [Test]
    public async Task A_machine_holds_no_lock_that_its_maker_inherited()
    {
        await using Lab lab = await Lab.CreateAsync();
        SampleApp app = Light(lab, "free");
        string file = lab.In("lock");

        // flock passes its lock on to the program that it starts, and waits for that program only.
        (await lab.RunToolAsync("flock", file, lab.Executable, "up", app.Folder, "--grid", "local")).MustEndWith(0);

        Assert.That(await GridMachine.OfAsync(lab, Deployment.Of(app).Id), Has.Count.EqualTo(1));
        (await lab.RunToolAsync("flock", "--nonblock", file, "true")).MustEndWith(0);
    }

    private static SampleApp Light(Lab lab, string name)
    {
        SampleApp app = lab.App(name);
        app.Packages = "[]";
        return app.WriteManifest();
    }

    private static string IdOf(string line) => Regex.Match(line, "\"id\":\\s*\"([a-z0-9]+)\"").Groups[1].Value;

    // A file that holds another deployment's id was written by its run.
    private static void AssertNamesNoOther(Deployment deployment, Deployment[] all)
    {
        string[] others = [.. all.Where(other => other != deployment).Select(other => other.Id)];
        foreach (FileInfo file in Folders.FilesBelow(deployment.Folder).Where(file => file.Length < 1_000_000))
        {
            string text = File.ReadAllText(file.FullName);
            Assert.That(others.Where(other => text.Contains(other, StringComparison.Ordinal)), Is.Empty, file.FullName);
        }
    }
}
