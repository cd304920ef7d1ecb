using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Removing;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tests.Looking.Leaks;

namespace TfgridCompose.Core.Tests.Removing;

/// <summary>What <c>down</c> closes on this machine.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DeploymentWaysTests : IDisposable
{
    private readonly LeakLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Test]
    public async Task A_tunnel_that_the_record_does_not_name_goes_as_well()
    {
        string folder = _lab.Home.Folder("wireguard");
        foreach (string file in new[] { "wg93.conf", "wg97.conf", ".tfgrid-abc" })
        {
            File.WriteAllText(Path.Combine(folder, file), "# tfgrid-compose deployment abc\n");
        }

        File.WriteAllText(Path.Combine(folder, "wg98.conf"), "# tfgrid-compose deployment other\n");
        var runner = new RecordingRunner(command =>
            command.Program.EndsWith("head", StringComparison.Ordinal)
                ? RecordingRunner.Result(0, "# tfgrid-compose deployment abc\n")
                : null);

        await CloseAsync(_lab.Here with { IsRoot = true, WireguardFolder = folder, Runner = runner });

        string[] removed = [.. runner.Commands
            .Where(command => command.Arguments[0] == "-f")
            .Select(command => command.Arguments[1])
            .Distinct()];
        Assert.That(removed, Is.EquivalentTo([
            "/etc/wireguard/wg93.conf", "/etc/wireguard/wg97.conf", "/etc/wireguard/.tfgrid-abc",
        ]));
    }

    [Test]
    public async Task Configurations_that_cannot_be_read_are_told()
    {
        var runner = new RecordingRunner(command => command.Arguments is [.., "/dev/null"] && command.Arguments[^2] != "1"
            ? null
            : RecordingRunner.Result(1, error: "sudo: a password is required"));
        DeploymentRecord record = LeakLab.Record() with { WireguardInterface = null };
        _lab.Home.Home.Deployment("abc").Create();
        File.WriteAllText(_lab.Home.Home.Deployment("abc").WireguardConfig("wg-grid"), "");

        await DeploymentDestruction.CloseWaysAsync(
            _lab.Here with { IsRoot = false, Runner = runner }, record, CancellationToken.None);

        Assert.That(
            _lab.Events.All.OfType<DiagnosticRaised>().Single().Diagnostic.Code, Is.EqualTo(LeakCodes.MachineUnseen));
    }

    private static Task CloseAsync(Surroundings here) => DeploymentDestruction.CloseWaysAsync(
        here, LeakLab.Record() with { WireguardInterface = "wg93" }, CancellationToken.None);
}
