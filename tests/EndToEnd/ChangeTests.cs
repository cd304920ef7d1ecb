using TfgridCompose.EndToEnd.Tests.Support;

namespace TfgridCompose.EndToEnd.Tests;

/// <summary>What changes around a running deployment.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ChangeTests
{
    [Test]
    public async Task More_memory_in_the_manifest_is_applied_and_the_app_is_installed_again()
    {
        await using Lab lab = await Lab.CreateAsync();
        SampleApp app = lab.App("growing");
        Deployment deployment = await lab.UpAsync(app);
        string address = deployment.PrimaryIp;
        string keys = deployment.Read("known_hosts");
        app.Memory = 768;
        app.WriteManifest();

        ProgramResult up = (await lab.RunAsync("up", app.Folder)).MustEndWith(0);

        Assert.That(up.Errors, Does.Contain("grid_deployment.vm").And.Contain("> application"));
        Assert.That(deployment.PrimaryIp, Is.EqualTo(address));
        Assert.That(await Web.PageAsync(address), Is.EqualTo(app.Page));
        Assert.That((await lab.RunAsync("status", app.Folder)).MustEndWith(0).Output, Does.Contain("768 MB"));
        Assert.That(deployment.Read("known_hosts"), Is.Not.EqualTo(keys), "the machine is a new one, with a new host key");
        (await lab.RunAsync("ssh", app.Folder, "--", "hostname")).MustEndWith(0);
    }

    [Test]
    public async Task Another_package_runs_the_platform_again_and_not_the_machine()
    {
        await using Lab lab = await Lab.CreateAsync();
        SampleApp app = lab.App("packed");
        Deployment deployment = await lab.UpAsync(app);
        int before = deployment.Journal.Count;
        app.Packages = "[curl, tree]";
        app.WriteManifest();

        (await lab.RunAsync("up", app.Folder)).MustEndWith(0);

        Assert.That(deployment.Journal.Skip(before), Has.Member("platform done").And.None.EqualTo("infrastructure done"));
        (await lab.RunAsync("exec", app.Folder, "--", "tree", "--version")).MustEndWith(0);
    }

    [Test]
    public async Task A_moved_app_is_still_the_same_deployment()
    {
        await using Lab lab = await Lab.CreateAsync();
        SampleApp app = lab.App("nomad");
        Deployment deployment = await lab.UpAsync(app);

        app.MoveTo(lab.In("elsewhere"));
        ProgramResult up = (await lab.RunAsync("up", app.Folder)).MustEndWith(0);

        Assert.That(up.Errors, Does.Contain($"deployment {deployment.Id}").And.Contain("nothing to do"));
        Assert.That(lab.Deployments, Has.Count.EqualTo(1));
        Assert.That(await GridMachine.OfAsync(lab, deployment.Id), Has.Count.EqualTo(1));
        (await lab.RunAsync("down", app.Folder, "--yes")).MustEndWith(0);
        Assert.That(new FileInfo(app.Link).LinkTarget, Is.Null);
    }

    [Test]
    public async Task Without_app_and_pattern_the_deployment_is_still_shown_used_and_removed()
    {
        await using Lab lab = await Lab.CreateAsync();
        Folders.Copy(Product.Folder, lab.In("product"));
        lab.Executable = Path.Combine(lab.In("product"), Path.GetFileName(Product.Executable));
        SampleApp app = lab.App("orphan");
        Deployment deployment = await lab.UpAsync(app);
        Footprint footprint = Footprint.Of(lab, app);
        Directory.Delete(app.Folder, recursive: true);
        Directory.Delete(Path.Combine(lab.In("product"), "plugins"), recursive: true);

        Assert.That((await lab.RunAsync("status", deployment.Id)).MustEndWith(0).Output, Does.Contain("running"));
        Assert.That((await lab.RunAsync("exec", deployment.Id, "--", "hostname")).MustEndWith(0).Output, Is.EqualTo("vm\n"));
        Assert.That((await lab.RunAsync("address", deployment.Id)).MustEndWith(0).Output.Trim(), Is.EqualTo(deployment.PrimaryIp));
        Assert.That((await lab.RunAsync("logs", deployment.Id)).MustEndWith(0).Output, Is.Not.Empty);
        (await lab.RunAsync("down", deployment.Id, "--yes")).MustEndWith(0);
        await footprint.MustBeGoneAsync();
    }
}
