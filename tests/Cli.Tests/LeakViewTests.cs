using TfgridCompose.Cli.Rendering;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Looking.Leaks;
using TfgridCompose.Core.Tools.Grid;

namespace TfgridCompose.Cli.Tests;

public sealed class LeakViewTests
{
    private static readonly LeakedContracts Ours = new(
        "main", "ended1", "web", LeakOwner.Ours, "it ended",
        [
            new GridContract(12, 26, "Created", "node", 8, "vm", "tfc/ended1"),
            new GridContract(13, 26, "GracePeriod", "name", 0, "", ""),
        ]);

    private static readonly LeakedContracts OnTest = new(
        "test",
        "ended2",
        "",
        LeakOwner.Ours,
        "it ended",
        [new GridContract(14, 26, "Created", "node", 9, "vm", "")]);
    private static readonly LeakedContracts Foreign = new(
        "local",
        "theirs",
        "",
        LeakOwner.Foreign,
        "no deployment of yours",
        [new GridContract(3, 26, "Created", "node", 8, "network", "")]);
    private static readonly MachineLeftover Tunnel = new(
        LeftoverKind.Tunnel,
        "/etc/wireguard/wg3.conf",
        "ended1",
        LeakOwner.Ours,
        "it ended");
    private static readonly MachineLeftover Range = new(LeftoverKind.Range, "10.7.0.0/16", "theirs", LeakOwner.Foreign, "/home/x is gone");

    [Test]
    public void People_get_a_line_each_and_the_contracts_below() => Assert.That(
        LeakView.Text(new LeakReport { Contracts = [Ours, Foreign], Machine = [Tunnel, Range] }), Is.EqualTo("""
            ours     ended1 (web) on main: it ended
                       contract 12 (vm on node 8, Created)
                       contract 13 (name, GracePeriod)
            foreign  theirs on local: no deployment of yours
                       contract 3 (network on node 8, Created)
            ours     ended1 on this machine: tunnel /etc/wireguard/wg3.conf: it ended
            foreign  theirs on this machine: range 10.7.0.0/16: /home/x is gone

            """));

    [Test]
    public void Hints_depend_on_whose_it_is()
    {
        const string OursHint = "clean up what is yours:  tfgrid-compose leaks --clean\n";
        const string ForeignHint =
            "foreign items may belong to a colleague, or to another machine of yours;\nif you know that nobody needs them:  "
                + "tfgrid-compose leaks --clean ID\n";

        Assert.Multiple(() =>
        {
            Assert.That(LeakView.Hints(new LeakReport { Contracts = [Ours] }), Is.EqualTo(OursHint));
            Assert.That(LeakView.Hints(new LeakReport { Machine = [Tunnel] }), Is.EqualTo(OursHint));
            Assert.That(LeakView.Hints(new LeakReport { Contracts = [Foreign] }), Is.EqualTo(ForeignHint));
            Assert.That(LeakView.Hints(new LeakReport { Machine = [Range] }), Is.EqualTo(ForeignHint));
            Assert.That(LeakView.Hints(new LeakReport { Contracts = [Ours], Machine = [Range] }), Is.EqualTo(OursHint + ForeignHint));
            Assert.That(
                LeakView.Hints(new LeakReport { Grids = ["main", "test"] }),
                Is.EqualTo("no leaks; checked: main, test, this machine\n"));
            Assert.That(LeakView.Hints(new LeakReport()), Is.EqualTo("no leaks; checked: no grid, this machine\n"));
        });
    }

    [Test]
    public void Contracts_of_paid_grids_come_with_the_command_that_ends_them() => Assert.That(
        LeakView.Commands(new LeakReport { Contracts = [Ours, OnTest, Foreign] }),
        Is.EqualTo("with tfcmd logged in to main: `tfcmd cancel contracts 12 13`, with tfcmd logged in to test: `tfcmd cancel "
            + "contracts 14`, "));

    [Test]
    public void Scripts_get_everything() => Assert.That(
        LeakView.Json(new LeakReport
        {
            Grids = ["main"],
            Contracts = [Ours with { IsStray = true, Contracts = [Ours.Contracts[0]] }],
            Machine = [Range],
            Problems = [Diagnostic.Warning("TFC0001", "Bad.", "mend it")],
        }),
        Is.EqualTo("""
            {
              "grids": [
                "main"
              ],
              "contracts": [
                {
                  "grid": "main",
                  "deployment_id": "ended1",
                  "name": "web",
                  "owner": "ours",
                  "stray": true,
                  "reason": "it ended",
                  "contracts": [
                    {
                      "id": 12,
                      "node": 8,
                      "type": "node",
                      "workload": "vm",
                      "state": "Created"
                    }
                  ]
                }
              ],
              "machine": [
                {
                  "kind": "range",
                  "what": "10.7.0.0/16",
                  "deployment_id": "theirs",
                  "owner": "foreign",
                  "reason": "/home/x is gone"
                }
              ],
              "problems": [
                {
                  "code": "TFC0001",
                  "message": "Bad.",
                  "remedy": "mend it"
                }
              ]
            }

            """));
}
