using System.Text.Json;
using TfgridCompose.LocalGrid.Tests.Support;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests.Query;

public sealed class ContractAndTwinTests
{
    private readonly GridWorld _world = new();

    [OneTimeSetUp]
    public void Deploy()
    {
        NetworkRecord network = Worlds.WithNetwork(_world, 1, 5);
        network.SolutionType = "tfc/net";
        Worlds.Deploy(_world, Worlds.Deployment(network, 5, Worlds.Vm() with { PublicIp = true }) with { SolutionType = "tfc/x" });
        Worlds.Deploy(_world, Worlds.Deployment(network, 1, Worlds.Vm()));
    }

    [TestCase("/contracts", "1001,1002,1003,1004")]
    [TestCase("/contracts?sort_order=desc", "1001,1002,1003,1004")]
    [TestCase("/contracts?sort_by=contract_id&sort_order=desc", "1004,1003,1002,1001")]
    [TestCase("/contracts?sort_by=type&size=1", "1001")]
    [TestCase("/contracts?state=created", "1001,1002,1003,1004")]
    [TestCase("/contracts?state=Nope", "")]
    [TestCase("/contracts?contract_id=1", "")]
    [TestCase("/contracts?size=2&page=2", "1003,1004")]
    [TestCase("/contracts?contract_id=1003", "1003")]
    [TestCase("/contracts?twin_id=1&state=Created,GracePeriod&type=node", "1001,1002,1003,1004")]
    [TestCase("/contracts?twin_id=2", "")]
    [TestCase("/contracts?state=Deleted", "")]
    [TestCase("/contracts?type=name", "")]
    [TestCase("/contracts?name=x", "")]
    [TestCase("/contracts?node_id=5", "1002,1003")]
    [TestCase("/contracts?farm_id=2", "1002,1003")]
    [TestCase("/contracts?farm_name=lochristi", "1001,1004")]
    [TestCase("/contracts?number_of_public_ips=1", "1003")]
    [TestCase("/contracts?number_of_public_ips=0", "1001,1002,1003,1004")]
    [TestCase("/contracts?deployment_data=x", "")]
    [TestCase("/contracts?deployment_hash=x", "")]
    public void Contracts_are_filtered_like_the_real_proxy_does(string request, string expected) => Assert.That(
        Ids(request),
        Is.EqualTo(expected));

    [Test]
    public void A_contract_is_as_GridProxy_writes_it()
    {
        JsonElement contract = Worlds.Ask(_world, "/contracts/1003").Body;
        string hash = contract.GetProperty("details").GetProperty("deployment_hash").GetString()!;

        Assert.That(hash, Does.Match("^[0-9a-f]{32}$"));
        Assert.That(contract.GetRawText().Replace(hash, "HASH", StringComparison.Ordinal), Is.EqualTo(OneLine.Of($$$"""
            {"contract_id":1003,"twin_id":1,"state":"Created","created_at":{{{Worlds.Now.ToUnixTimeSeconds()}}},"type":"node",
            "details":{"nodeId":5,"deployment_data":"{\u0022version\u0022:3,\u0022type\u0022:\u0022vm\u0022,
            \u0022name\u0022:\u0022vm\u0022,\u0022projectName\u0022:\u0022tfc/x\u0022}",
            "deployment_hash":"HASH","number_of_public_ips":1,"farm_name":"Vienna_Green","farm_id":2}}
            """)));
        Assert.That(Ids($"/contracts?deployment_hash={hash}"), Is.EqualTo("1003"));
        string data = contract.GetProperty("details").GetProperty("deployment_data").GetString()!;
        Assert.That(Ids($"/contracts?deployment_data={Uri.EscapeDataString(data)}"), Is.EqualTo("1003"));
    }

    [TestCase(1001, "network", "net0", "Network")]
    [TestCase(1003, "vm", "vm", "tfc/x")]
    [TestCase(1004, "vm", "vm", "vm/vm")]
    public void A_contract_carries_the_name_and_project_of_its_resource(long id, string type, string name, string project)
    {
        string text = Worlds.Ask(_world, $"/contracts/{id}").Body.GetProperty("details").GetProperty("deployment_data").GetString()!;

        using var data = JsonDocument.Parse(text);
        Assert.That(
            new[] { "type", "name", "projectName" }.Select(key => data.RootElement.GetProperty(key).GetString()),
            Is.EqualTo(new[] { type, name, project }));
    }

    [Test]
    public void Everybody_is_the_one_account_of_the_local_grid()
    {
        Assert.That(Worlds.Ask(_world, "/twins?account_id=5G%20x+y").Body.GetRawText(), Is.EqualTo(
            """[{"twinId":1,"accountId":"5G x y","relay":"","publicKey":""}]"""));
        Assert.That(Worlds.Ask(_world, "/twins").Body[0].GetProperty("accountId").GetString(), Is.EqualTo("local"));
        Assert.That(Worlds.Ask(_world, "/twins?twin_id=1").Body.GetArrayLength(), Is.EqualTo(1));
        Assert.That(Worlds.Ask(_world, "/twins?twin_id=2").Body.GetArrayLength(), Is.Zero);
    }

    [Test]
    public void An_answer_is_status_headers_and_body()
    {
        Assert.That(Worlds.Ask(_world, "/ping").ToJson(), Is.EqualTo("""{"status":200,"headers":{},"body":{"ping":"pong"}}"""));
        Assert.That(Worlds.Ask(_world, "/x").ToJson(), Is.EqualTo("""{"status":404,"headers":{},"body":{"error":"page not found"}}"""));
    }

    private string Ids(string request) => string.Join(
        ',',
        Worlds.Ask(_world, request).Body.EnumerateArray().Select(contract => contract.GetProperty("contract_id").GetInt64()));
}
