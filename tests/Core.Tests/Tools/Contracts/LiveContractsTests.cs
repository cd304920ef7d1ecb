using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tests.Looking.Leaks;
using TfgridCompose.Core.Tools.Contracts;
using TfgridCompose.Core.Tools.Grid;

namespace TfgridCompose.Core.Tests.Tools.Contracts;

/// <summary>What of a deployment the grid says is alive: whose twin, which contracts, and how long to wait.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class LiveContractsTests : IDisposable
{
    private readonly LeakLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Test]
    public async Task The_twin_is_learned_from_a_recorded_contract_that_is_gone()
    {
        _lab.Proxy.Node(10, "tfc/abc", twin: 41, state: "Deleted").Node(11, "tfc/abc", twin: 41).Node(12, "tfc/abc", twin: 26);

        Assert.That(await ReadAsync(LeakLab.Record("abc", 10)), Is.EqualTo([11]));
    }

    [Test]
    public async Task A_recorded_name_without_a_tag_is_found_by_its_number()
    {
        _lab.Proxy.Node(10, "tfc/abc", state: "Deleted").Name(13);

        Assert.That(await ReadAsync(LeakLab.Record("abc", 10, 13)), Is.EqualTo([13]));
    }

    [Test]
    public async Task A_contract_in_grace_is_alive()
    {
        _lab.Config("twin: 26\n");
        _lab.Proxy.Node(10, "tfc/abc", state: "GracePeriod");

        Assert.That(await ReadAsync(LeakLab.Record()), Is.EqualTo([10]));
    }

    [Test]
    public async Task A_number_in_an_error_text_that_is_anothers_contract_is_not_ours()
    {
        _lab.Config("twin: 26\n");
        _lab.Proxy.Node(20, "tfc/abc").Node(21, "tfc/other").Node(22, "vm/mine").Name(23, twin: 7).Name(24);
        DeploymentRecord record = LeakLab.Record() with { DoubtfulContracts = [20, 21, 22, 23, 24, 25] };

        Assert.That(await ReadAsync(record), Is.EqualTo([20, 24]));
    }

    [Test]
    public async Task A_doubtful_contract_with_our_tag_tells_the_twin_and_another_does_not()
    {
        _lab.Proxy.Node(20, "vm/theirs", twin: 7).Node(21, "tfc/abc", twin: 41);

        Assert.That(await ReadAsync(LeakLab.Record() with { DoubtfulContracts = [20, 21] }), Is.EqualTo([21]));
    }

    [Test]
    public async Task Without_a_twin_nothing_is_proven()
    {
        DiagnosticException problem = (await Assert.ThrowsAsync<DiagnosticException>(() => ReadAsync(LeakLab.Record())))!;

        Assert.That((problem.ExitCode, problem.Diagnostics[0].Code), Is.EqualTo((ExitCode.Infrastructure, "TFC0410")));
        Assert.That(problem.Diagnostics[0].Remedy, Does.Contain("twin: NUMBER").And.Contain("TFGRID_TWIN"));
    }

    [Test]
    public async Task A_twin_that_recorded_contracts_do_not_belong_to_proves_nothing()
    {
        _lab.Config("twin: 26\n");
        _lab.Proxy.Node(10, "tfc/abc", twin: 41);

        DiagnosticException problem = (await Assert.ThrowsAsync<DiagnosticException>(() => ReadAsync(LeakLab.Record("abc", 10))))!;

        Assert.That(problem.Diagnostics[0].Code, Is.EqualTo("TFC0411"));
        Assert.That(problem.Message, Does.Contain("says twin 26, but contract 10").And.Contain("twin 41"));
    }

    [TestCase("twin: 5\n", "6", 5)]
    [TestCase("twin: {main: 7, test: 8}\n", "6", 7)]
    [TestCase("twin: {test: 8}\n", "6", 6)]
    [TestCase("grid: local\n", "6", 6)]
    public async Task The_configuration_comes_before_the_variable(string config, string variable, int expected)
    {
        _lab.Config(config);
        _lab.Environment["TFGRID_TWIN"] = variable;

        await ReadAsync(LeakLab.Record());

        Assert.That(_lab.Proxy.Queries, Has.All.StartsWith($"/contracts?twin_id={expected}&"));
    }

    [Test]
    public async Task A_contract_that_the_indexer_still_lists_is_waited_for()
    {
        _lab.Proxy.Node(10, "tfc/abc");
        int asked = 0;
        _lab.Proxy.OnQuery = query =>
        {
            if (IsList(query) && ++asked == 4)
            {
                _lab.Proxy.Cancel(10);
            }
        };

        Assert.That(await ReadAsync(LeakLab.Record("abc", 10)), Is.Empty);
        Assert.That(asked, Is.EqualTo(4));
    }

    [Test]
    public async Task A_contract_that_stays_is_not_waited_for_without_end()
    {
        _lab.Proxy.Node(10, "tfc/abc");

        Assert.That(await ReadAsync(LeakLab.Record("abc", 10)), Is.EqualTo([10]));
        Assert.That(_lab.Clock.Elapsed, Is.GreaterThan(TimeSpan.FromSeconds(45)).And.LessThanOrEqualTo(TimeSpan.FromSeconds(60)));
    }

    [Test]
    public async Task After_an_interrupted_apply_an_empty_answer_does_not_count_before_the_indexer_had_its_time()
    {
        _lab.Config("twin: 26\n");
        int asked = 0;
        _lab.Proxy.OnQuery = query =>
        {
            if (IsList(query) && ++asked == 3)
            {
                _lab.Proxy.Node(10, "tfc/abc");
            }
        };

        IReadOnlyList<GridContract> live = await new LiveContracts(_lab.Here, LeakLab.Record())
            .ReadAsync(_lab.Here.GridPatience, _lab.Clock.GetUtcNow() + TimeSpan.FromSeconds(30), CancellationToken.None);

        Assert.That(live.Select(contract => contract.Id), Is.EqualTo([10]));
    }

    [Test]
    public async Task Those_beside_the_state_are_found_by_tag_and_name_also_where_no_twin_is_known()
    {
        _lab.Proxy.Node(10, "tfc/abc").Node(11, "tfc/abc").Network(12, "net_abc").Node(13, "tfc/other").Node(14, "tfc/abc", node: 9)
            .Node(15, "tfc/abc", state: "Deleted");

        Assert.That(await BesideAsync(LeakLab.Record(), known: [10], nodes: [8], 0), Is.EqualTo([11, 12]));
        Assert.That(_lab.Proxy.Queries, Has.All.StartsWith("/contracts?node_id=8&"));

        _lab.Config("twin: 26\n");
        Assert.That(await BesideAsync(LeakLab.Record(), known: [10], nodes: [8], 0), Is.EqualTo([11, 12, 14]));
    }

    [Test]
    public async Task None_beside_the_state_counts_only_after_the_indexer_had_its_time()
    {
        int asked = 0;
        _lab.Proxy.OnQuery = _ =>
        {
            if (++asked == 3)
            {
                _lab.Proxy.Node(10, "tfc/abc");
            }
        };

        Assert.That(await BesideAsync(LeakLab.Record(), known: [], nodes: [8], seconds: 30), Is.EqualTo([10]));
        Assert.That(asked, Is.EqualTo(3));
    }

    private async Task<IReadOnlyList<long>> BesideAsync(DeploymentRecord record, long[] known, int[] nodes, int seconds) =>
    [
        .. (await new LiveContracts(_lab.Here, record).BesideAsync(
            known.ToHashSet(), nodes, _lab.Clock.GetUtcNow() + TimeSpan.FromSeconds(seconds), CancellationToken.None))
            .Select(contract => contract.Id),
    ];

    // Not the question for a single contract, from which the twin is found.
    private static bool IsList(string query) =>
        query.StartsWith("/contracts?", StringComparison.Ordinal) && !query.Contains("contract_id=", StringComparison.Ordinal);

    private async Task<IReadOnlyList<long>> ReadAsync(DeploymentRecord record) =>
        [
            .. (await new LiveContracts(_lab.Here, record).ReadAsync(
                _lab.Here.GridPatience,
                DateTimeOffset.MinValue,
                CancellationToken.None)).Select(
                contract => contract.Id),
        ];
}
