using TfgridCompose.EndToEnd.Tests.Support;

namespace TfgridCompose.EndToEnd.Tests;

/// <summary>Bad input that only the grid can detect. Everything else is tested without machines.</summary>
public sealed class GatewayBadInputTests
{
    [Test]
    public async Task A_node_without_room_is_one_error_and_nothing_is_created()
    {
        await using Lab lab = await Lab.CreateAsync();
        var site = GatewaySite.In(lab, "bad", "", "services: [{name: web, port: 8080}]", "nodes: {gateway: 8}");

        ProgramResult refused = (await lab.RunAsync("up", site.Folder, "--grid", "local")).MustEndWith(2);

        string[] errors =
        [
            .. refused.Errors.Split('\n').Where(line => line.Contains("error TFC", StringComparison.Ordinal)),
        ];
        Assert.That(errors, Has.Length.EqualTo(1), refused.Errors);
        Assert.That(
            errors[0],
            Does.Contain("Node 8 does not have enough free resources for 'gateway'")
                .And.Contain("(1 CPU, 512 MB memory, 2 GB disk, a public IPv4 address)"));
        Assert.That(refused.Errors, Does.Contain("  -> "));
        Assert.That(lab.Deployments, Is.Empty);
    }
}
