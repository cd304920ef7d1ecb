using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Looking.Leaks;
using TfgridCompose.Core.Records;
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
                + $"`{Environment.UserName} ALL=(root) NOPASSWD: /usr/bin/head`")]));
        Assert.That(left.Select(each => each.Kind), Is.EqualTo([LeftoverKind.Entry]));
    }
}
