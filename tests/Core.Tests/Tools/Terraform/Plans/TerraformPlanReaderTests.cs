using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Terraform.Plans;

namespace TfgridCompose.Core.Tests.Tools.Terraform.Plans;

/// <summary>From Terraform's plan to the machines that it creates, replaces and removes.</summary>
public sealed class TerraformPlanReaderTests
{
    private static readonly RecordedHost One = Host("one", "10.5.2.2");
    private static readonly RecordedHost Two = Host("two", "10.5.3.2");

    [Test]
    public void What_differs_is_listed_with_its_values()
    {
        TerraformPlan plan = Read(Change("grid_deployment.a", "update", Vm("vm", "10.5.2.2", 512), Vm("vm", "10.5.2.2", 768)));

        Assert.That(plan.Changes.Select(change => (change.Address, change.Action)), Is.EqualTo([("grid_deployment.a", "update")]));
        Assert.That(plan.Changes[0].Attributes, Is.EqualTo([new AttributeChange("vms[0].memory", "512", "768")]));
        Assert.That(plan.IsEmpty, Is.False);
    }

    [Test]
    public void A_long_value_is_cut()
    {
        TerraformPlan plan = TerraformPlanReader.Read("""
            {"resource_changes":[{"address":"a.b","mode":"managed","change":{"actions":["update"],"before":{"key":"short"},"after":{"key":"LONG"}}}]}
            """.Replace("LONG", new string('x', 500), StringComparison.Ordinal));

        Assert.That(plan.Changes[0].Attributes[0].Before, Is.EqualTo("\"short\""));
        Assert.That(plan.Changes[0].Attributes[0].After, Does.Match("^\"x+\\.\\.\\.$").And.Length.LessThan(200));
    }

    [Test]
    public void A_secret_is_named_and_not_shown()
    {
        TerraformPlan plan = TerraformPlanReader.Read("""
            {"resource_changes":[{"address":"grid_network.net","mode":"managed","change":{"actions":["update"],
             "before":{"key":"hunter2","name":"n"},"after":{"key":"hunter3","name":"n"},"after_unknown":{"id":true},
             "before_sensitive":{"key":true},"after_sensitive":{"key":true}}}]}
            """);

        Assert.That(plan.Changes[0].Attributes, Is.EqualTo([
            new AttributeChange("key", "(sensitive)", "(sensitive)"), new AttributeChange("id", "null", "(known after apply)"),
        ]));
    }

    [TestCase("no-op")]
    [TestCase("read")]
    public void What_stays_is_no_change(string action) =>
        Assert.That(Read(Change("grid_deployment.a", action, Vm("vm", "10.5.2.2", 512), Vm("vm", "10.5.2.2", 512))).IsEmpty);

    [Test]
    public void Outputs_alone_are_a_change_of_outputs()
    {
        TerraformPlan plan = TerraformPlanReader.Read("""{"output_changes":{"a":{"actions":["no-op"]},"b":{"actions":["update"]}}}""");

        Assert.That((plan.OutputsChange, plan.Changes.Count, plan.IsEmpty), Is.EqualTo((true, 0, false)));
    }

    [Test]
    public void A_machine_whose_block_changes_is_made_anew_and_its_neighbour_stays()
    {
        string before = $"{Vm("a", "10.5.2.2", 512)},{Vm("b", "10.5.3.2", 512)}";
        string after = $"{Vm("a", "10.5.2.2", 512)},{Vm("b", "10.5.3.2", 768)}";

        Assert.That(Hosts([One, Two], ["one", "two"], Change("grid_deployment.x", "update", before, after)), Is.EqualTo([
            new HostChange("two", HostAction.Replace, "memory 512 -> 768"),
        ]));
    }

    [Test]
    public void A_machine_that_only_moves_up_in_the_list_stays()
    {
        string before = $"{Vm("a", "10.5.2.2", 512)},{Vm("b", "10.5.3.2", 512)}";

        Assert.That(Hosts([One, Two], ["two"], Change("grid_deployment.x", "update", before, Vm("b", "10.5.3.2", 512))), Is.EqualTo([
            new HostChange("one", HostAction.Remove, "it is no longer wanted"),
        ]));
    }

    [Test]
    public void A_value_of_the_environment_is_not_shown()
    {
        string before = """{"name":"a","ip":"10.5.2.2","env_vars":{"TOKEN":"hunter2"}}""";

        Assert.That(Hosts(
            [One],
            ["one"],
            Change("grid_deployment.x", "update", before, before.Replace('2', '3').Replace("10.5.3.3", "10.5.2.2"))), Is.EqualTo([
            new HostChange("one", HostAction.Replace, "env_vars.TOKEN changes"),
        ]));
    }

    [Test]
    public void Hosts_come_and_go_with_their_resources()
    {
        Assert.That(
            Hosts(
                [One, Two],
                ["one", "three"],
                Change("grid_deployment.x[\"two\"]", "delete", Vm("vm", "10.5.3.2", 512), null),
                Change("grid_deployment.x[\"three\"]", "create", null, Vm("vm", "", 512))),
            Is.EqualTo([
                new HostChange("three", HostAction.Create, "it does not exist yet"),
                new HostChange("two", HostAction.Remove, "it is no longer wanted"),
            ]));
    }

    [Test]
    public void A_resource_that_is_replaced_takes_its_machine_with_it()
    {
        string change = """
            {"address":"grid_deployment.x","mode":"managed","change":{"actions":["delete","create"],"before":{"node":1,"vms":[{"name":"vm","ip":"10.5.2.2"}]},
             "after":{"node":2,"vms":[{"name":"vm"}]},"after_unknown":{"id":true}}}
            """;

        Assert.That(
            Hosts([One, Two], ["one", "two"], change),
            Is.EqualTo([new HostChange("one", HostAction.Replace, "node 1 -> 2, vms[0].ip changes")]));
    }

    [Test]
    public void A_machine_that_vanished_outside_is_made_anew()
    {
        TerraformPlan plan = TerraformPlanReader.Read($$"""
            {"resource_drift":[{{Change("grid_deployment.x", "delete", Vm("vm", "10.5.2.2", 512), null)}}],
             "resource_changes":[{{Change("grid_deployment.x", "create", null, Vm("vm", "", 512))}}]}
            """);

        Assert.That(
            HostChanges.Of([One, Two], ["one", "two"], plan),
            Is.EqualTo([new HostChange("one", HostAction.Replace, "it is gone from the grid")]));
    }

    private static IReadOnlyList<HostChange> Hosts(RecordedHost[] recorded, string[] asked, params string[] changes) =>
        HostChanges.Of(recorded, asked, Read(changes));

    private static TerraformPlan Read(params string[] changes) => TerraformPlanReader.Read($$"""{"resource_changes":[{{string.Join(',', changes)}}],"output_changes":{} }""");

    private static string Change(string address, string action, string? before, string? after) => $$"""
        {"address":{{System.Text.Json.JsonSerializer.Serialize(address)}},"mode":"managed","change":{"actions":["{{action}}"],"before":{{Block(before)}},"after":{{Block(after)}},"after_unknown":{} } }
        """;

    private static string Block(string? vms) => vms is null ? "null" : $"{{\"name\":\"d\",\"vms\":[{vms}]}}";

    private static string Vm(string name, string ip, int memory) => $$"""{"name":"{{name}}","ip":"{{ip}}","memory":{{memory}},"console_url":"{{ip}}:2000","env_vars":{"A":"b"} }""";

    private static RecordedHost Host(string name, string ip) =>
        new() { Name = name, Role = "vm", Addresses = [new RecordedAddress("wireguard", ip)] };
}
