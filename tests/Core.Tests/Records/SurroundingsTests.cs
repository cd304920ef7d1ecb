using TfgridCompose.Core.Records;
using TfgridCompose.Core.Tests.Sharing;

namespace TfgridCompose.Core.Tests.Records;

public sealed class SurroundingsTests
{
    [Test]
    public void By_default_a_paid_grids_indexer_is_waited_for()
    {
        using var machine = new Machine("laptop");

        Assert.That(machine.Here.GridPatience, Is.EqualTo(GridPatience.Default));
        Assert.That(GridPatience.Default.Limit, Is.GreaterThan(TimeSpan.FromMinutes(1)));
        Assert.That(machine.Here.WireguardFolder, Is.EqualTo("/etc/wireguard"));
    }
}
