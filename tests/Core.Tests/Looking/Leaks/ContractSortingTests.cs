using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Looking.Leaks;
using TfgridCompose.Core.Tools.Grid;

namespace TfgridCompose.Core.Tests.Looking.Leaks;

public sealed class ContractSortingTests
{
    private static readonly GridName Main = GridName.Parse("main");

    [Test]
    public void Contracts_of_a_living_deployment_are_no_leak()
    {
        Assert.That(Sort([Contract(1, "tfc/aaa")], Known("aaa", KnownAs.Living, 1)), Is.Empty);
        Assert.That(Sort([Contract(1, "tfc/aaa")], Known("aaa", KnownAs.Living)), Is.Empty, "its state is not known");
    }

    [Test]
    public void A_contract_that_the_living_deployments_state_does_not_know_is_a_stray_of_ours()
    {
        Assert.That(
            Sort([Contract(1, "tfc/aaa"), Contract(2, "tfc/aaa")], Known("aaa", KnownAs.Living, 1)),
            Is.EqualTo(["Ours aaa 2 stray"]));
    }

    [Test]
    public void Ended_and_broken_ones_are_ours_and_unknown_ones_foreign()
    {
        Assert.That(
            Sort(
                [Contract(3, "tfc/zzz"), Contract(2, "tfc/bbb"), Contract(1, "tfc/aaa"), Contract(4, "tfc/aaa")],
                Known("aaa", KnownAs.Ended),
                Known("bbb", KnownAs.Broken)),
            Is.EqualTo(["Ours aaa 1 4", "Ours bbb 2", "Foreign zzz 3"]));
    }

    [Test]
    public void A_deployment_that_lives_in_one_place_and_ended_in_another_lives()
    {
        Assert.That(Sort([Contract(1, "tfc/aaa")], Known("aaa", KnownAs.Ended), Known("aaa", KnownAs.Living)), Is.Empty);
    }

    [Test]
    public void What_carries_no_tag_of_ours_is_none_of_our_business()
    {
        Assert.That(Sort([Contract(1, "vm/web"), Contract(2, ""), Contract(3, "tfc/../etc"), Contract(4, "tfc/")]), Is.Empty);
    }

    [Test]
    public void A_name_is_known_by_the_tombstone_that_recorded_it()
    {
        Assert.That(
            Sort([Contract(7, ""), Contract(8, ""), Contract(9, "vm/web")], Known("aaa", KnownAs.Ended, 7, 9)),
            Is.EqualTo(["Ours aaa 7"]));
    }

    // The provider passes no solution_type for networks: their contracts say "Network".
    [Test]
    public void A_network_is_known_by_its_name_where_its_deployment_is_known()
    {
        GridContract network = Network(5, "net_aaa");
        Assert.That(Sort([network], Known("aaa", KnownAs.Ended)), Is.EqualTo(["Ours aaa 5"]));
        Assert.That(Sort([network], Known("aaa", KnownAs.Living, 5)), Is.Empty);
        Assert.That(Sort([network], Known("aaa", KnownAs.Living, 4)), Is.EqualTo(["Ours aaa 5 stray"]));
        Assert.That(Sort([network, Contract(6, "tfc/aaa")]), Is.EqualTo(["Foreign aaa 5 6"]), "its machine carries the tag");
        Assert.That(Sort([Network(5, "aaa_backends")], Known("aaa", KnownAs.Broken)), Is.EqualTo(["Ours aaa 5"]), "any pattern's name");
        Assert.That(Sort([Network(5, "net_aaab"), Network(6, "net_zzz")], Known("aaa", KnownAs.Ended)), Is.Empty);
    }

    [Test]
    public void A_network_with_a_name_of_its_own_is_known_by_the_tombstone_that_recorded_it()
    {
        Assert.That(Sort([Network(5, "mine")], Known("aaa", KnownAs.Ended, 5)), Is.EqualTo(["Ours aaa 5"]));
        Assert.That(Sort([Network(5, "net_bbb")], Known("aaa", KnownAs.Ended, 5), Known("bbb", KnownAs.Living, 5)), Is.Empty);
    }

    [Test]
    public void Numbers_of_another_grids_tombstone_mean_nothing_here()
    {
        Assert.That(Sort([Contract(7, "")], Known("aaa", KnownAs.Ended, 7) with { Grid = "test" }), Is.Empty);
    }

    [Test]
    public void A_foreign_one_is_chosen_only_by_its_id()
    {
        var report = new LeakReport
        {
            Contracts = ContractSorting.Sort(Main, [Contract(1, "tfc/aaa"), Contract(2, "tfc/zzz")], [Known("aaa", KnownAs.Ended)]),
            Machine =
            [
                new MachineLeftover(LeftoverKind.Range, "10.1.0.0/16", "yyy", LeakOwner.Foreign, ""),
                new MachineLeftover(LeftoverKind.Range, "10.2.0.0/16", "aaa", LeakOwner.Ours, ""),
            ],
        };

        Assert.That(Ids(report.Chosen([])), Is.EqualTo(["aaa", "10.2.0.0/16"]));
        Assert.That(Ids(report.Chosen(["zzz", "yyy"])), Is.EqualTo(["zzz", "10.1.0.0/16"]));
        DiagnosticException problem = Assert.Throws<DiagnosticException>(() => report.Chosen(["aaa", "nope"]))!;
        Assert.That(
            (problem.ExitCode, problem.Diagnostics[0].Code, problem.Diagnostics[0].Remedy),
            Is.EqualTo((ExitCode.Conflict, "TFC0733", "name one of aaa, yyy, zzz")));
    }

    [Test]
    public void What_is_still_there_is_only_what_was_chosen()
    {
        LeakReport chosen = Report(Contract(1, "tfc/aaa"), Contract(2, "tfc/aaa"));
        LeakReport after = Report(Contract(2, "tfc/aaa"), Contract(3, "tfc/aaa"), Contract(4, "tfc/bbb"));

        Assert.That(after.StillThere(chosen).Contracts.Single().Contracts.Select(contract => contract.Id), Is.EqualTo([2]));
        Assert.That(Report().StillThere(chosen).IsEmpty);
    }

    private static LeakReport Report(params GridContract[] live) => new() { Contracts = ContractSorting.Sort(Main, live, []) };

    private static string[] Ids(LeakReport report) =>
        [.. report.Contracts.Select(leak => leak.DeploymentId), .. report.Machine.Select(left => left.What)];

    private static GridContract Contract(long id, string project) => new(id, 26, "Created", "node", 8, "vm", project);

    private static GridContract Network(long id, string name) =>
        new(id, 26, "Created", "node", 8, "network", "Network") { Name = name };

    private static KnownDeployment Known(string id, KnownAs knownAs, params long[] contracts) =>
        new(id, "", knownAs) { Grid = "main", Contracts = contracts.Length > 0 ? contracts : null, Reason = "because" };

    private static string[] Sort(GridContract[] live, params KnownDeployment[] known) =>
        [
            .. ContractSorting.Sort(
                Main,
                live,
                known).Select(leak =>
                    $"{leak.Owner} {leak.DeploymentId} "
                        + $"{string.Join(' ', leak.Contracts.Select(contract => contract.Id))}{(leak.IsStray ? " stray" : "")}"),
        ];
}
