using System.Text.Json;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tests.Tools.Grid;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class NodeAssignmentTests
{
    private const long GiB = 1L << 30;
    private readonly FakeGrid _grid = new();

    [Test]
    public async Task Several_machines_are_spread_while_there_are_enough_nodes()
    {
        _grid.Room = [4, 2];

        Assert.That(await AssignAsync([Host("a"), Host("b"), Host("c")]), Is.EqualTo(["a 4", "b 2", "c 4"]));
    }

    [Test]
    public async Task The_node_with_the_most_free_memory_comes_first_whatever_order_the_grid_answers_in()
    {
        _grid.Room = [1, 4, 2];
        _grid.Memory[4] = 64 * GiB;
        _grid.Memory[1] = 8 * GiB;

        Assert.That(await AssignAsync([Host("a"), Host("b"), Host("c")]), Is.EqualTo(["a 4", "b 2", "c 1"]));
    }

    [Test]
    public async Task A_recorded_node_is_kept_even_without_room_for_a_second()
    {
        _grid.Room = [];

        Assert.That(await AssignAsync([Host("a"), Host("b", pinned: 3)], ("a", 2), ("b", 3)), Is.EqualTo(["a 2", "b 3"]));
        Assert.That(_grid.Queries, Is.Empty);
    }

    [Test]
    public async Task A_named_node_overrules_the_recorded_one()
    {
        Assert.That(await AssignAsync([Host("a", pinned: 4)], ("a", 2)), Is.EqualTo(["a 4"]));
    }

    [Test]
    public async Task A_node_that_is_left_keeps_no_machine_and_gets_none()
    {
        _grid.Room = [2, 4];
        var assignment = new NodeAssignment(GridName.Parse("local"), new GridClient(_grid)) { Left = [2] };

        (IReadOnlyList<AssignedHost> hosts, IReadOnlyList<Diagnostic> problems) = await assignment.AssignAsync(
            [Host("a"), Host("b"), Host("c", pinned: 2)],
            [new RecordedHost { Name = "a", Role = "r", NodeId = 2 }, new RecordedHost { Name = "b", Role = "r", NodeId = 3 }],
            CancellationToken.None);

        Assert.That(hosts.Select(host => $"{host.Spec.Name} {host.NodeId}"), Is.EqualTo(["a 4", "b 3"]));
        Assert.That(_grid.Queries.Last(), Does.Contain("&excluded=2"));
        Assert.That((problems.Single().Code, problems.Single().Message), Is.EqualTo((
            "TFC0276", "The manifest puts 'c' on node 2, which --leave-node leaves.")));
    }

    [Test]
    public async Task Every_reason_against_is_given_at_once()
    {
        _grid.Room = [];

        Assert.That(
            await AssignAsync([Host("a", pinned: 99), Host("b", pinned: 2), Host("c")]),
            Is.EqualTo(["TFC0272", "TFC0273", "TFC0274"]));
    }

    [TestCase(false, "zmachine,network,wireguard", "the grid calls it unhealthy")]
    [TestCase(true, "zmachine-light,network-light,mycelium", "is a light node and cannot carry 'a': it has Mycelium only")]
    [TestCase(true, "zmachine,network", "does not have enough free resources for 'a'")]
    public async Task A_named_node_that_cannot_carry_it_is_refused_with_its_reason(bool healthy, string features, string reason)
    {
        _grid.Room = [4];
        _grid.Healthy = healthy;
        _grid.Features = features.Split(',');

        (_, IReadOnlyList<Diagnostic> problems) = await new NodeAssignment(GridName.Parse("local"), new GridClient(_grid))
            .AssignAsync([Host("a", pinned: 2)], [], CancellationToken.None);

        Assert.That(problems.Single().Code, Is.EqualTo("TFC0273"));
        Assert.That(problems.Single().Message, Does.Contain("Node 2").And.Contain(reason));
        Assert.That(problems.Single().Remedy, Does.Contain("name one of 4"));
    }

    [Test]
    public async Task On_a_paid_grid_a_named_node_is_taken_and_no_name_is_an_error()
    {
        var paid = new NodeAssignment(GridName.Parse("main"), null);

        (
            IReadOnlyList<AssignedHost> hosts,
            IReadOnlyList<Diagnostic> problems) = await paid.AssignAsync([Host("a", pinned: 11), Host("b")], [], CancellationToken.None);

        Assert.That((hosts.Single().NodeId, problems.Single().Code), Is.EqualTo((11, "TFC0275")));
    }

    [Test]
    public async Task The_grid_is_asked_for_what_the_machine_needs()
    {
        await AssignAsync([Host("a") with { Networks = [NetworkKind.Wireguard, NetworkKind.PublicIpv4] }]);

        Assert.That(_grid.Queries.Single(), Is.EqualTo(
            "/nodes?status=up&healthy=true&size=1000&features=zmachine,network,wireguard"
            + "&free_mru=536870912&free_sru=5368709120&total_cru=1&free_ips=1"));
    }

    [Test]
    public void A_node_holds_back_memory_and_disk_for_itself()
    {
        var small = GridNode.Parse(FakeGrid.Node(1, memory: 8 * GiB, disk: 100 * GiB, usedMemory: GiB));
        var large = GridNode.Parse(FakeGrid.Node(2, memory: 100 * GiB, disk: 500 * GiB, usedMemory: 0));

        Assert.That((small.FreeMemory, small.FreeDisk), Is.EqualTo((5 * GiB, 80 * GiB)));
        Assert.That(
            (large.FreeMemory, large.FreeDisk, large.NodeId, large.Status, large.Healthy),
            Is.EqualTo((90 * GiB, 480 * GiB, 2, "up", true)));
    }

    private static HostSpec Host(string name, int? pinned = null) =>
        new() { Name = name, Role = "r", Cpu = 1, MemoryMb = 512, DiskGb = 5, PinnedNode = pinned };

    private async Task<IReadOnlyList<string>> AssignAsync(HostSpec[] hosts, params (string Name, int Node)[] recorded)
    {
        (
            IReadOnlyList<AssignedHost> assigned,
            IReadOnlyList<Diagnostic> problems) = await new NodeAssignment(GridName.Parse("local"), new GridClient(_grid))
            .AssignAsync(
                hosts,
                [.. recorded.Select(host => new RecordedHost { Name = host.Name, Role = "r", NodeId = host.Node })],
                CancellationToken.None);
        return problems.Count > 0
            ? [.. problems.Select(problem => problem.Code)]
            : [.. assigned.Select(host => $"{host.Spec.Name} {host.NodeId}")];
    }

    /// <summary>Nodes, and as strict as GridProxy about what it is asked (grid-proxy/pkg/types/nodes.go, limit.go).</summary>
    private sealed class FakeGrid : IGridTransport
    {
        private static readonly string[] Known =
        [
            "status", "healthy", "features", "free_mru", "free_sru", "total_cru", "free_ips", "excluded", "size", "page", "sort_by",
            "sort_order", "available_for", "node_ids",
        ];

        private static readonly string[] SortFields =
        [
            "node_id", "farm_id", "twin_id", "country", "city", "uptime", "created", "updated_at", "total_cru", "total_sru", "total_hru",
            "total_mru", "used_cru", "used_sru", "used_hru", "used_mru", "status", "dedicated_farm", "rent_contract_id", "rented",
            "rentable", "num_gpu", "extra_fee", "price_usd", "free_cru",
        ];

        public int[] Room { get; set; } = [4, 2];

        public Dictionary<int, long> Memory { get; } = [];

        public bool Healthy { get; set; } = true;

        public string[] Features { get; set; } = ["zmachine", "network", "wireguard"];

        public List<string> Queries { get; } = [];

        public static JsonElement Node(
            int id,
            long memory = 16 * GiB,
            long disk = 100 * GiB,
            long usedMemory = 0,
            bool healthy = true,
            string[]? features = null) =>
            JsonSerializer.SerializeToElement(new
            {
                nodeId = id,
                farmId = 1,
                status = "up",
                healthy,
                features,
                farm_free_ips = 1,
                total_resources = new { mru = memory, sru = disk, cru = 8 },
                used_resources = new { mru = usedMemory, sru = 0, cru = 0 },
            });

        public Task<GridResponse> GetAsync(string pathAndQuery, CancellationToken cancellation)
        {
            Queries.Add(pathAndQuery);
            foreach (string[] parameter in pathAndQuery.Split('?')[1].Split('&').Select(pair => pair.Split('=')))
            {
                if (!Known.Contains(parameter[0]) || (parameter[0] == "sort_by" && !SortFields.Contains(parameter[1])))
                {
                    return Task.FromResult(new GridResponse(
                        400, JsonSerializer.SerializeToElement(new { error = $"\"{parameter[1]}\" is not a sort field for Node type" })));
                }
            }

            int[] excluded = pathAndQuery.Contains("&excluded=", StringComparison.Ordinal)
                ? [.. pathAndQuery.Split("&excluded=")[1].Split(',').Select(int.Parse)]
                : [];
            object body = (pathAndQuery.Contains("free_mru", StringComparison.Ordinal)
                ? Room.Except(excluded)
                : new[] { 1, 2, 3, 4 }).Select(
                id => Node(id, Memory.GetValueOrDefault(id, 16 * GiB), healthy: Healthy, features: Features));
            return Task.FromResult(new GridResponse(200, JsonSerializer.SerializeToElement(body)));
        }
    }
}
