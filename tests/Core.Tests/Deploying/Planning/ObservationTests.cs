using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tests.Records.Deployments;

namespace TfgridCompose.Core.Tests.Deploying.Planning;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ObservationTests : IDisposable
{
    private readonly TestHome _home = new();

    public void Dispose() => _home.Dispose();

    [Test]
    public async Task Where_the_interface_is_gone_the_machines_are_in_doubt() => Assert.That(
        (await OfAsync("wg-none")).Undone,
        Is.EquivalentTo(new Dictionary<PhaseId, string>
        {
            [PhaseId.Network] = "the interface wg-none is gone",
            [PhaseId.Infrastructure] = "the interface wg-none is gone, so the machines cannot be checked",
            [PhaseId.Wait] = "the interface wg-none is gone, so the machines cannot be checked",
        }));

    [Test]
    public async Task Where_the_interface_is_up_nothing_is_undone()
    {
        string? up = File.ReadLines("/proc/net/route").Skip(1).Select(route => route.Split('\t')[0]).FirstOrDefault();
        if (up is null)
        {
            Assert.Ignore("no interface of this machine has a route");
        }

        Assert.That((await OfAsync(up)).Undone, Is.Empty);
    }

    private Task<Observation> OfAsync(string name)
    {
        DeploymentRecord record = TestHome.Record() with { Status = DeploymentStatus.Running, WireguardInterface = name, Hosts = [] };
        return Observation.OfAsync(record, _home.Home.Deployment(record.Id), new RecordingRunner(), Dial.Direct, CancellationToken.None);
    }
}
