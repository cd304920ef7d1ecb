using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Looking.Leaks;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Tests.Foundation.Processes;

namespace TfgridCompose.Core.Tests.Looking.Leaks;

public sealed class MachineSearchTests
{
    [Test]
    public async Task Where_sudo_refuses_the_line_for_sudoers_is_shown_and_the_search_goes_on()
    {
        using var lab = new LeakLab();
        string folder = lab.Home.Folder("wireguard");
        lab.Home.Add(LeakLab.Record("gone"));
        Directory.Delete(lab.Home.Home.Deployment("gone").Path, recursive: true);
        Surroundings here = lab.Here with
        {
            IsRoot = false,
            WireguardFolder = folder,
            Runner = new RecordingRunner(_ => RecordingRunner.Result(1, error: "sudo: a password is required")),
        };

        (IReadOnlyList<MachineLeftover> left, IReadOnlyList<Diagnostic> problems) =
            await new MachineSearch(here).FindAsync(
                new HomeDeployments(lab.Home.Store, lab.Home.Index).Read(), CancellationToken.None);

        Assert.That(problems, Is.EqualTo([Diagnostic.Warning(
            LeakCodes.MachineUnseen,
            $"The WireGuard configurations in {folder} could not be read: `sudo -n head` is refused.",
            "allow it in /etc/sudoers.d/tfgrid-compose: "
                + $"`{Environment.UserName} ALL=(root) NOPASSWD: /usr/bin/wg-quick, /usr/bin/setsid, "
                + "/usr/bin/install, /usr/bin/ln, /usr/bin/rm, /usr/bin/head, /usr/sbin/ip`")]));
        Assert.That(left.Select(each => each.Kind), Is.EqualTo([LeftoverKind.Entry]));
    }

    [Test]
    public async Task A_configuration_that_its_living_deployment_does_not_record_is_listed()
    {
        using var lab = new LeakLab();
        string folder = lab.Home.Folder("wireguard");
        DeploymentRecord record = lab.Home.Add(LeakLab.Record("living") with { WireguardInterface = "wg1" });
        DeploymentRecord shared = lab.Home.Add(LeakLab.Record("shared") with
        {
            SharedState = new RecordedBackend("http", "there", "rm"),
        });
        foreach ((string name, string id) in new[] { ("wg1", record.Id), ("wg2", record.Id), ("wg3", shared.Id) })
        {
            File.WriteAllText(Path.Combine(folder, $"{name}.conf"), $"# tfgrid-compose deployment {id}\n");
        }

        MachineLeftover left = (await TunnelsAsync()).Single();
        using var works = DeploymentLock.Take(
            lab.Home.Home,
            record.Id,
            record.Name,
            new LockHolder("ann", Environment.MachineName, Environment.ProcessId, "up", DateTimeOffset.UtcNow));

        Assert.That(
            (left.What, left.Detail, left.Owner, left.Reason),
            Is.EqualTo((
                Path.Combine(folder, "wg2.conf"), "wg2", LeakOwner.Ours, "not the tunnel that its deployment records")));
        Assert.That(await TunnelsAsync(), Is.Empty, "a running `up` makes the configuration before it records it");

        async Task<MachineLeftover[]> TunnelsAsync() =>
        [
            .. (await new MachineSearch(lab.Here with { IsRoot = true, WireguardFolder = folder }).FindAsync(
                new HomeDeployments(lab.Home.Store, lab.Home.Index).Read(), CancellationToken.None)).Left
                    .Where(each => each.Kind == LeftoverKind.Tunnel),
        ];
    }
}
