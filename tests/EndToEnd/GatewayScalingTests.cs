using TfgridCompose.EndToEnd.Tests.Support;

namespace TfgridCompose.EndToEnd.Tests;

/// <summary>More backends, and fewer again: the others are not affected.</summary>
public sealed class GatewayScalingTests
{
    [Test]
    public async Task One_four_then_two_backends_and_those_that_stay_are_not_touched()
    {
        await using Lab lab = await Lab.CreateAsync();
        var site = GatewaySite.In(lab, "scaled", "drain_timeout: 10", Backends(1));
        await site.UpAsync();
        string first = await IdentityAsync(site, "backend1");

        await ScaleAsync(site, 4);
        string second = await IdentityAsync(site, "backend2");
        LoadReport four = await LoadAsync(site, () => Task.Delay(2000));
        LoadReport down = await LoadAsync(site, () => ScaleAsync(site, 2, plan: lab));

        Assert.Multiple(async () =>
        {
            Assert.That(four.Shares("backend1", "backend2", "backend3", "backend4").Values, Is.All.Positive);
            Assert.That((down.Failed.Count, down.ClosedIdle), Is.EqualTo((0, 0)));
            Assert.That(await IdentityAsync(site, "backend1"), Is.EqualTo(first));
            Assert.That(await IdentityAsync(site, "backend2"), Is.EqualTo(second));
        });
        LoadReport two = await LoadAsync(site, () => Task.Delay(2000));
        Assert.That(two.Shares("backend3", "backend4").Values, Is.All.Zero);
        Assert.That(await GridMachine.OfAsync(lab, site.Deployment.Id), Has.Count.EqualTo(3));
    }

    private static async Task ScaleAsync(GatewaySite site, int count, Lab? plan = null)
    {
        site.Write("drain_timeout: 10", Backends(count));
        if (plan is not null)
        {
            ProgramResult planned = (await plan.RunAsync("plan", site.Folder)).MustEndWith(0);
            Assert.That(
                planned.Output,
                Does.Contain("remove machine backend3 (ALL DATA ON IT IS LOST)")
                    .And.Contain("remove machine backend4 (ALL DATA ON IT IS LOST)"));
            Assert.That(planned.Output, Does.Not.Contain("machine backend1").And.Not.Contain("machine backend2"));
        }

        await site.UpAsync(plan is null ? [] : ["--allow-data-loss"]);
    }

    private static string Backends(int count) =>
        $"count: {count}, services: [{{name: web, port: 8080, health_check: /health}}]";

    // When the machine booted, and when its app started.
    private static Task<string> IdentityAsync(GatewaySite site, string host) =>
        site.OnAsync(
            host,
            ["systemctl", "show", "--property=UserspaceTimestamp,MainPID,ActiveEnterTimestamp", "init.scope", "gateway-web.service"]);

    private static async Task<LoadReport> LoadAsync(GatewaySite site, Func<Task> meanwhile)
    {
        await using var load = HttpLoad.Start(site.Address, rate: 200);
        await meanwhile();
        return await load.EndAsync();
    }
}
