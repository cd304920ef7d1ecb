using TfgridCompose.Core.Deploying.Phases;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Tests.Deploying.Phases;

public sealed class NetworkPhaseTests
{
    [Test]
    public async Task A_pattern_without_a_WireGuard_configuration_is_named()
    {
        using var lab = new AppLab { Networks = "wireguard" };

        DiagnosticException problem = (await Assert.ThrowsAsync<DiagnosticException>(
            () => new NetworkPhase().RunAsync(lab.Run(), CancellationToken.None)))!;

        Assert.That(
            (problem.ExitCode, problem.Diagnostics.Single()),
            Is.EqualTo((ExitCode.Infrastructure, Diagnostic.Error(
                NetworkCodes.NoWireguardConfig,
                "The manifest asks for WireGuard, and the pattern 'fake' has no output wg_config.",
                "add `output \"wg_config\"` with grid_network's access_wg_config to the pattern, "
                    + "or leave wireguard out of network.provision"))));
    }

    [Test]
    public async Task Without_WireGuard_there_is_nothing_to_open()
    {
        using var lab = new AppLab { Networks = "mycelium" };

        await new NetworkPhase().RunAsync(lab.Run(), CancellationToken.None);

        Assert.That(lab.Record.WireguardInterface, Is.Null);
        Assert.That(lab.Happened, Is.Empty);
    }
}
