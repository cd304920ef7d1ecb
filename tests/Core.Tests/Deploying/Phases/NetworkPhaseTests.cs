using TfgridCompose.Core.Deploying.Phases;
using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Deployments;

namespace TfgridCompose.Core.Tests.Deploying.Phases;

public sealed class NetworkPhaseTests
{
    private const string GridConfig = """
        [Interface]
        Address = 100.64.1.2/32
        PrivateKey = cHJpdmF0ZXByaXZhdGVwcml2YXRlcHJpdmF0ZTAxMjM=
        [Peer]
        PublicKey = cHVibGljcHVibGljcHVibGljcHVibGljcHVibGljMDE=
        AllowedIPs = 10.42.0.0/16
        Endpoint = 185.69.1.2:5566
        """;

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
    public async Task The_interfaces_name_is_in_the_record_before_the_interface_exists()
    {
        using var lab = new AppLab { Networks = "wireguard" };
        File.WriteAllText(lab.Folder.WireguardConfig("wg-grid"), GridConfig);
        string? recorded = null;
        lab.Gate = _ =>
        {
            recorded = lab.Record.WireguardInterface;
            return Task.CompletedTask;
        };

        await new NetworkPhase().RunAsync(lab.Run(), CancellationToken.None);

        Assert.That(recorded, Does.Match("^wg[0-9]+$"), "when wg-quick, the last program, started");
        Assert.That(lab.Record.WireguardInterface, Is.EqualTo(recorded));
        Assert.That(lab.Folder.WireguardConfig(recorded!), Does.Exist);
        Assert.That(lab.Notes, Is.EqualTo(new[] { $"10.42.0.0/16 is reached through {recorded}" }));
    }

    [Test]
    public void A_new_configuration_is_a_new_input_and_an_older_record_has_the_inputs_that_it_had()
    {
        using var lab = new AppLab { Networks = "wireguard" };
        UpRun run = lab.Run();
        string before = new NetworkPhase().Inputs(run);
        string Of(string? config)
        {
            var outputs = new RecordedOutputs
            {
                PrimaryIp = "10.42.1.2",
                PrimaryIpType = "wireguard",
                DeploymentName = "hello",
                NodeIds = [2],
                WireguardFingerprint = config,
            };
            run.Update(record => record with { Outputs = outputs });
            return new NetworkPhase().Inputs(run);
        }

        Assert.That(Of(null), Is.EqualTo(before));
        Assert.That(Of("one"), Is.Not.EqualTo(before));
        Assert.That(Of("two"), Is.Not.EqualTo(Of("one")));
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
