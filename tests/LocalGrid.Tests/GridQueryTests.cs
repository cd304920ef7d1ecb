using System.Text.Json;
using NUnit.Framework;
using TfgridCompose.LocalGrid.Engine;
using TfgridCompose.LocalGrid.Query;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests;

public sealed class GridQueryTests
{
    private const long GiB = GridCatalog.GiB;

    [TestCase("/nodes", "1,2,3,4,5,6,7,8")]
    [TestCase("/nodes?status=up,standby&healthy=true", "1,2,3,4,5,6,7,8")]
    [TestCase("/nodes?status=down", "")]
    [TestCase("/nodes?free_mru=42949672960", "4,7")]
    [TestCase("/nodes?total_cru=9&free_sru=1", "4,7")]
    [TestCase("/nodes?farm_ids=2,3", "5,6,7,8")]
    [TestCase("/nodes?country=austria&excluded=5,6", "7,8")]
    [TestCase("/nodes?free_ips=9", "1,2,3,4")]
    [TestCase("/nodes?features=zmachine,network&available_for=1&node_ids=1,8", "1,8")]
    [TestCase("/nodes?features=zmachine-light", "")]
    [TestCase("/nodes?node_id=3", "3")]
    [TestCase("/nodes?size=3&page=2", "4,5,6")]
    [TestCase("/nodes?sort_by=free_mru&sort_order=desc&size=2", "4,7")]
    [TestCase("/nodes?healthy=", "1,2,3,4,5,6,7,8")]
    public void Nodes_are_filtered_like_the_real_proxy_does(string request, string expected)
    {
        var answer = GridQuery.Answer(new GridWorld(), request);

        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(string.Join(',', answer.Body.EnumerateArray().Select(n => n.GetProperty("nodeId").GetInt32())), Is.EqualTo(expected));
    }

    [TestCase("/nodes?nope=1", 400)]
    [TestCase("/nodes?sort_by=nope", 400)]
    [TestCase("/nodes?features=nope", 400)]
    [TestCase("/nodes?free_mru=much", 400)]
    [TestCase("/contracts?state=Nope", 400)]
    [TestCase("/nodes/99", 404)]
    [TestCase("/nowhere", 404)]
    public void What_the_real_proxy_refuses_is_refused(string request, int status)
    {
        var answer = GridQuery.Answer(new GridWorld(), request);

        Assert.That(answer.Status, Is.EqualTo(status));
        Assert.That(answer.Body.GetProperty("error").GetString(), Is.Not.Empty);
    }

    [Test]
    public void Counts_come_in_headers_when_asked_for() => Assert.That(
        GridQuery.Answer(new GridWorld(), "/nodes?ret_count=true&size=3").Headers,
        Is.EqualTo(new Dictionary<string, string> { ["count"] = "8", ["size"] = "3", ["pages"] = "3" }));

    [Test]
    public void One_node_nests_its_capacity()
    {
        var body = GridQuery.Answer(new GridWorld(), "/nodes/4").Body;

        Assert.That(body.GetProperty("capacity").GetProperty("total_resources").GetProperty("mru").GetInt64(), Is.EqualTo(64 * GiB));
    }

    [Test]
    public void Contracts_carry_the_project_name_of_their_resource()
    {
        var world = new GridWorld();
        var network = Worlds.WithNetwork(world, 1);
        DeploymentPlanner.Plan(world, Worlds.Deployment(network, 1, Worlds.Vm()) with { SolutionType = "tfc/x" });

        var contracts = GridQuery.Answer(world, "/contracts?twin_id=1&state=Created,GracePeriod&type=node").Body.EnumerateArray().ToList();

        Assert.That(contracts.Select(c => c.GetProperty("contract_id").GetInt64()), Is.EqualTo(new[] { 1001L, 1002L }));
        using var data = JsonDocument.Parse(contracts[1].GetProperty("details").GetProperty("deployment_data").GetString()!);
        Assert.That(data.RootElement.GetProperty("projectName").GetString(), Is.EqualTo("tfc/x"));
    }

    [Test]
    public void A_taken_public_address_names_its_contract()
    {
        var world = new GridWorld();
        var network = Worlds.WithNetwork(world, 1);
        DeploymentPlanner.Plan(world, Worlds.Deployment(network, 1, Worlds.Vm() with { PublicIp = true }));

        var ip = GridQuery.Answer(world, "/farms?farm_id=1").Body[0].GetProperty("publicIps")[0];

        Assert.That(ip.GetProperty("contract_id").GetInt64(), Is.EqualTo(1002));
        Assert.That(ip.GetProperty("ip").GetString(), Is.EqualTo("203.0.113.10/24"));
    }
}
