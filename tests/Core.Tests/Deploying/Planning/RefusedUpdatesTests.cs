using System.Text.Json;
using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Tools.Terraform.Plans;

namespace TfgridCompose.Core.Tests.Deploying.Planning;

/// <summary>Which changes that Terraform plans in place have to be replacements: a node changes no machine that exists.</summary>
public sealed class RefusedUpdatesTests
{
    private const string Machine = """
        {"name":"d","node":1,"network_name":"net","solution_type":"x",
         "vms":[{"name":"a","ip":"10.5.2.2","computedip":"","cpu":1,"memory":512,"rootfs_size":2048,"flist":"f","flist_checksum":"",
                 "publicip":false,"mycelium_ip_seed":"01","env_vars":{"SSH_KEY":"one"},"mounts":[{"name":"data","mount_point":"/data"}]}],
         "disks":[{"name":"data","size":5,"description":""},{"name":"spare","size":5,"description":""}],"zdbs":[{"name":"z","size":5}]}
        """;

    // docs/lifecycle.md has a row for each.
    [TestCase("\"cpu\":1", "\"cpu\":2")]
    [TestCase("\"memory\":512", "\"memory\":768")]
    [TestCase("\"rootfs_size\":2048", "\"rootfs_size\":4096")]
    [TestCase("\"flist\":\"f\"", "\"flist\":\"g\"")]
    [TestCase("\"publicip\":false", "\"publicip\":true")]
    [TestCase("\"mycelium_ip_seed\":\"01\"", "\"mycelium_ip_seed\":\"02\"")]
    [TestCase("\"SSH_KEY\":\"one\"", "\"SSH_KEY\":\"two\"")]
    [TestCase("\"/data\"", "\"/other\"")]
    [TestCase("\"ip\":\"10.5.2.2\"", "\"ip\":\"10.5.2.9\"")]
    [TestCase("\"node\":1", "\"node\":2")]
    [TestCase("\"network_name\":\"net\"", "\"network_name\":\"other\"")]
    [TestCase("\"data\",\"size\":5", "\"data\",\"size\":6")]
    [TestCase("\"data\",\"size\":5", "\"data\",\"size\":4")]
    [TestCase("\"spare\",\"size\":5", "\"spare\",\"size\":4")]
    [TestCase("\"z\",\"size\":5", "\"z\",\"size\":4")]
    public void What_a_node_refuses_is_replaced(string before, string after) =>
        Assert.That(
            Refused(Update("grid_deployment.x[\"a\"]", Machine, Replaced(before, after))),
            Is.EqualTo(["grid_deployment.x[\"a\"]"]));

    [TestCase("\"solution_type\":\"x\"", "\"solution_type\":\"y\"")]
    [TestCase("\"name\":\"d\"", "\"name\":\"e\"")]
    [TestCase("\"spare\",\"size\":5", "\"spare\",\"size\":6")]
    [TestCase("\"z\",\"size\":5", "\"z\",\"size\":6")]
    [TestCase("\"size\":5,\"description\":\"\"},{", "\"size\":5,\"description\":\"mine\"},{")]
    [TestCase("{\"name\":\"spare\"", "{\"name\":\"more\"")]
    [TestCase("\"computedip\":\"\"", "\"computedip\":\"1.2.3.4/24\"")]
    [TestCase("\"flist_checksum\":\"\"", "\"flist_checksum\":\"00\"")]
    [TestCase("\"ip\":\"10.5.2.2\",", "")]
    [TestCase("\"vms\":[", "\"vms\":[{\"name\":\"b\",\"memory\":512},")]
    public void What_a_node_changes_stays_an_update(string before, string after) =>
        Assert.That(Refused(Update("grid_deployment.x", Machine, Replaced(before, after))), Is.Empty);

    [Test]
    public void What_is_created_replaced_or_removed_anyway_needs_nothing()
    {
        string other = Replaced("\"cpu\":1", "\"cpu\":2");

        Assert.That(
            Refused(Change("a.b", "", "[\"create\"]", "null", other), Change("a.c", "", "[\"delete\",\"create\"]", Machine, other),
                Change("a.d", "", "[\"delete\"]", Machine, "null")),
            Is.Empty);
    }

    [Test]
    public void A_machine_that_leaves_takes_nothing_with_it()
    {
        string two = Replaced("\"vms\":[", "\"vms\":[{\"name\":\"b\",\"memory\":512},");

        Assert.That(Refused(Update("grid_deployment.x", two, Machine)), Is.Empty);
    }

    [TestCase("\"name\":\"net\"", "\"name\":\"new\"")]
    [TestCase("10.5.0.0/16", "10.6.0.0/16")]
    public void A_network_that_becomes_another_one_takes_the_machines_in_it_along(string before, string after)
    {
        const string Network = """{"name":"net","ip_range":"10.5.0.0/16","nodes":[1]}""";
        string changed = Network.Replace(before, after, StringComparison.Ordinal);

        Assert.That(
            Refused(
                Change("grid_deployment.x", "grid_deployment", "[\"no-op\"]", Machine, Machine),
                Change("grid_deployment.y", "grid_deployment", "[\"no-op\"]", Replaced("\"net\"", "\"other\""), Machine),
                Change("grid_network.n", "grid_network", "[\"update\"]", Network, changed)),
            Is.EquivalentTo(["grid_network.n", "grid_deployment.x"]));
    }

    [Test]
    public void A_network_gets_and_loses_nodes_in_place() => Assert.That(
        Refused(
            Change("grid_deployment.x", "grid_deployment", "[\"no-op\"]", Machine, Machine),
            Change("grid_network.n", "grid_network", "[\"update\"]", """{"name":"net","nodes":[1]}""", """{"name":"net","nodes":[1,2]}""")),
        Is.Empty);

    private static IReadOnlyList<string> Refused(params string[] changes) =>
        RefusedUpdates.In(TerraformPlanReader.Read($$"""{"resource_changes":[{{string.Join(',', changes)}}],"output_changes":{} }"""));

    private static string Replaced(string before, string after)
    {
        Assert.That(Machine, Does.Contain(before));
        return Machine.Replace(before, after, StringComparison.Ordinal);
    }

    private static string Update(string address, string before, string after) =>
        Change(address, "grid_deployment", "[\"update\"]", before, after);

    private static string Change(string address, string type, string actions, string before, string after) => $$"""
        {"address":{{JsonSerializer.Serialize(address)}},"mode":"managed","type":"{{type}}",
         "change":{"actions":{{actions}},"before":{{before}},"after":{{after}},"after_unknown":{} } }
        """;
}
