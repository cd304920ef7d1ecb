using System.Text.Json;
using TfgridCompose.LocalGrid.Tests.Support;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests.Query;

public sealed class NodeAndFarmTests
{
    private const long GiB = GridCatalog.GiB;

    [Test]
    public void A_node_in_the_list_is_as_GridProxy_writes_it()
    {
        JsonElement node = Worlds.Ask(WithMachine(), "/nodes?node_id=5").Body[0];

        Assert.That(WithoutClock(node), Is.EqualTo(OneLine.Of("""
            {"total_resources":{"cru":8,"sru":214748364800,"hru":0,"mru":17179869184},
            "used_resources":{"cru":2,"sru":23622320128,"hru":0,"mru":3221225472},
            "id":"0000000005-000001-local","nodeId":5,"farmId":2,"farmName":"Vienna_Green","twinId":105,
            "country":"Austria","city":"Vienna","gridVersion":3,"created":1700000000,"farmingPolicyId":1,
            "location":{"country":"Austria","city":"Vienna","longitude":null,"latitude":null},
            "publicConfig":{"domain":"","gw4":"203.0.113.1","gw6":"","ipv4":"203.0.113.205/24","ipv6":""},
            "status":"up","certificationType":"Certified","dedicated":false,"inDedicatedFarm":false,"rentContractId":0,
            "rented":false,"rentable":false,"rentedByTwinId":0,"serialNumber":"","power":{"state":"Up","target":"Up"},
            "num_gpu":0,"extraFee":0,"healthy":true,
            "dmi":{"bios":{"vendor":"","version":""},"baseboard":{"manufacturer":"","product_name":""},"processor":[],"memory":[]},
            "speed":{"upload":1000000000,"download":1000000000},"gpus":[],"price_usd":0,"farm_free_ips":7,
            "features":["zmount","volume","ipv4","ip","network","zmachine","wireguard","mycelium"]}
            """)));
        Assert.That(node.GetProperty("uptime").GetInt64(), Is.Positive);
        Assert.That(
            DateTimeOffset.FromUnixTimeSeconds(node.GetProperty("updatedAt").GetInt64()),
            Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(1)));
    }

    [Test]
    public void One_node_is_the_same_with_its_capacity_nested()
    {
        GridWorld world = WithMachine();
        JsonElement inList = Worlds.Ask(world, "/nodes?node_id=5").Body[0];

        JsonElement alone = Worlds.Ask(world, "/nodes/5").Body;

        Assert.That(Rest(alone), Is.EqualTo(Rest(inList)));
        Assert.That(
            alone.GetProperty("capacity").GetProperty("total_resources").ToString(),
            Is.EqualTo(inList.GetProperty("total_resources").ToString()));
        Assert.That(
            alone.GetProperty("capacity").GetProperty("used_resources").ToString(),
            Is.EqualTo(inList.GetProperty("used_resources").ToString()));
        Assert.That(
            Worlds.Ask(world, "/nodes/4").Body.GetProperty("capacity").GetProperty("total_resources").GetProperty("mru").GetInt64(),
            Is.EqualTo(64 * GiB));
    }

    [Test]
    public void A_node_without_contracts_could_be_rented_whole()
    {
        var world = new GridWorld();
        Worlds.WithNetwork(world, 1);
        world.Deployments.Add(new DeploymentRecord { Contract = 1, Node = 2, Name = "d" });

        Assert.That(Nodes(world, "/nodes?rentable=true"), Is.EqualTo("3,4,5,6,7,8"));
        Assert.That(Nodes(world, "/nodes?dedicated=false"), Is.EqualTo("1,2"));
        Assert.That(Nodes(world, "/nodes?rentable_or_rented_by=1"), Is.EqualTo("3,4,5,6,7,8"));
        Assert.That(Worlds.Ask(world, "/nodes/3").Body.GetProperty("dedicated").GetBoolean());
        Assert.That(Worlds.Ask(world, "/nodes/1").Body.GetProperty("rentable").GetBoolean(), Is.False);
    }

    [Test]
    public void Nodes_are_sorted_by_what_is_used()
    {
        GridWorld world = WithMachine();

        foreach (string key in new[] { "used_mru", "used_sru", "used_cru" })
        {
            string all = Nodes(world, $"/nodes?sort_by={key}&sort_order=desc&node_ids=1,5");
            Assert.That(all, Is.EqualTo("5,1"), key);
        }

        Assert.That(Nodes(world, "/nodes?sort_by=free_cru&node_ids=1,5"), Is.EqualTo("5,1"));
    }

    [TestCase("/farms", "1,2,3")]
    [TestCase("/farms?sort_order=desc", "1,2,3")]
    [TestCase("/farms?sort_by=farm_id&sort_order=desc", "3,2,1")]
    [TestCase("/farms?sort_by=name", "1,3,2")]
    [TestCase("/farms?sort_by=free_ips", "3,2,1")]
    [TestCase("/farms?sort_by=used_ips&sort_order=desc&size=1", "2")]
    [TestCase("/farms?farm_id=2", "2")]
    [TestCase("/farms?twin_id=13", "3")]
    [TestCase("/farms?name=lochristi", "1")]
    [TestCase("/farms?name=loch", "")]
    [TestCase("/farms?name_contains=_", "2,3")]
    [TestCase("/farms?country=AUSTRIA", "2,3")]
    [TestCase("/farms?total_ips=8", "1,2")]
    [TestCase("/farms?total_ips=9", "1")]
    [TestCase("/farms?free_ips=7", "1,2")]
    [TestCase("/farms?free_ips=8", "1")]
    [TestCase("/farms?dedicated=true", "")]
    [TestCase("/farms?dedicated=false&size=1", "1")]
    public void Farms_are_filtered_like_the_real_proxy_does(string request, string expected) => Assert.That(
        string.Join(',', Worlds.Ask(WithMachine(), request).Body.EnumerateArray().Select(farm => farm.GetProperty("farmId").GetInt32())),
        Is.EqualTo(expected));

    // https://github.com/threefoldtech/tfgrid-sdk-go/blob/development/grid-proxy/pkg/types/farms.go
    [Test]
    public void Filters_of_the_real_proxy_that_need_no_answer_here_are_no_errors([Values(
        "pricing_policy_id", "stellar_address", "node_free_mru", "node_free_sru", "node_free_hru", "node_total_cru", "node_status",
        "node_rented_by", "node_available_for", "node_has_gpu", "node_has_ipv6", "node_certified", "node_features", "region")]
        string filter) => Assert.That(Worlds.Ask(WithMachine(), $"/farms?{filter}=").Status, Is.EqualTo(200));

    [Test]
    public void A_taken_public_address_names_its_contract()
    {
        JsonElement farm = Worlds.Ask(WithMachine(), "/farms?farm_id=2").Body[0];

        Assert.That(farm.ToString(), Does.StartWith(OneLine.Of("""
            {"name":"Vienna_Green","farmId":2,"twinId":12,"pricingPolicyId":1,"certificationType":"Gold","stellarAddress":"",
            "dedicated":false,"publicIps":[
            {"id":"0000000002-000001-local","ip":"203.0.113.130/24","gateway":"203.0.113.1","contract_id":1002},
            {"id":"0000000002-000002-local","ip":"203.0.113.131/24","gateway":"203.0.113.1","contract_id":0},
            """)));
        Assert.That(farm.GetProperty("publicIps").GetArrayLength(), Is.EqualTo(8));
    }

    [Test]
    public void An_address_that_the_computer_uses_is_not_free() => Assert.That(
        Worlds.Ask(new GridWorld(), "/farms?free_ips=8&farm_id=2", "203.0.113.131").Body.GetArrayLength(), Is.Zero);

    private static GridWorld WithMachine()
    {
        var world = new GridWorld();
        NetworkRecord network = Worlds.WithNetwork(world, 5);
        Worlds.Deploy(world, Worlds.Deployment(network, 5, Worlds.Vm() with { Cpu = 2, RootfsMb = 2048, PublicIp = true }));
        return world;
    }

    private static string Nodes(GridWorld world, string request) =>
        string.Join(',', Worlds.Ask(world, request).Body.EnumerateArray().Select(node => node.GetProperty("nodeId").GetInt32()));

    private static string WithoutClock(JsonElement node) => Join(node.EnumerateObject()
        .Where(item => item.Name is not "uptime" and not "updatedAt"));

    private static string Rest(JsonElement node) => Join(node.EnumerateObject()
        .Where(item => item.Name
            is not "uptime" and not "updatedAt" and not "capacity" and not "total_resources" and not "used_resources"));

    private static string Join(IEnumerable<JsonProperty> items) =>
        "{" + string.Join(',', items.Select(item => $"\"{item.Name}\":{item.Value.GetRawText()}")) + "}";
}
