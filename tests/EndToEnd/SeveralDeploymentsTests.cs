using TfgridCompose.EndToEnd.Tests.Support;

namespace TfgridCompose.EndToEnd.Tests;

/// <summary>Deployments beside each other.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SeveralDeploymentsTests
{
    [Test]
    public async Task Two_apps_at_once_are_reached_apart_and_cannot_reach_each_other()
    {
        await using Lab lab = await Lab.CreateAsync();
        SampleApp first = lab.App("first");
        SampleApp second = lab.App("second");

        Deployment[] deployments = await Task.WhenAll(lab.UpAsync(first), lab.UpAsync(second));

        (Deployment one, Deployment two) = (deployments[0], deployments[1]);
        Assert.That(one.IpRange, Is.Not.EqualTo(two.IpRange));
        Assert.That(one.WireguardInterface, Is.Not.EqualTo(two.WireguardInterface));

        // The host reaches both, so what fails below is the path between the machines, not a machine.
        Assert.That(await Web.PageAsync(one.PrimaryIp), Is.EqualTo(first.Page));
        Assert.That(await Web.PageAsync(two.PrimaryIp), Is.EqualTo(second.Page));
        await AssertCannotReach(lab, one, two);
        await AssertCannotReach(lab, two, one);
    }

    [Test]
    public async Task A_second_deployment_of_one_app_has_a_name_and_goes_alone()
    {
        await using Lab lab = await Lab.CreateAsync();
        SampleApp app = lab.App("twin");
        Deployment first = await lab.UpAsync(app);

        Deployment second = await lab.UpAsync(app, "--name", "staging");

        Assert.That(second.Id, Is.Not.EqualTo(first.Id));
        Assert.That(
            (await lab.RunAsync("up", app.Folder)).MustEndWith(0).Errors,
            Does.Contain($"deployment {first.Id}").And.Contain("nothing to do"));
        Assert.That(lab.Deployments, Has.Count.EqualTo(2));
        Assert.That(
            (await lab.RunAsync("address", "--name", "staging", app.Folder)).MustEndWith(0).Output.Trim(), Is.EqualTo(second.PrimaryIp));

        var footprint = Footprint.Of(lab, second, app.Link);
        (await lab.RunAsync("down", app.Folder, "--name", "staging", "--yes")).MustEndWith(0);

        Assert.That(await Web.PageAsync(first.PrimaryIp), Is.EqualTo(app.Page));
        Assert.That(lab.Deployments.Select(deployment => deployment.Id), Is.EqualTo(new[] { first.Id }));
        (await lab.RunAsync("down", app.Folder, "--yes")).MustEndWith(0);
        await footprint.MustBeGoneAsync();
    }

    private static async Task AssertCannotReach(Lab lab, Deployment from, Deployment to)
    {
        ProgramResult page = await lab.RunAsync(
            "exec", from.Id, "--", "curl", "-sS", "-o", "/dev/null", "--max-time", "3", $"http://{to.PrimaryIp}:{SampleApp.Port}/");
        Assert.That(page.ExitCode, Is.AnyOf(7, 28), page.Everything);
        (await lab.RunAsync(
            "exec", from.Id, "--", "curl", "-sS", "-o", "/dev/null", "--max-time", "3",
            $"http://{from.PrimaryIp}:{SampleApp.Port}/")).MustEndWith(0);
    }
}
