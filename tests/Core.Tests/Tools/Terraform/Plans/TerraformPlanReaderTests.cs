using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Terraform.Plans;

namespace TfgridCompose.Core.Tests.Tools.Terraform.Plans;

/// <summary>From Terraform's plan to the machines that it creates, replaces and removes.</summary>
public sealed class TerraformPlanReaderTests
{
    private const string Replace = "delete\",\"create";

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

    [TestCase("no-op")]
    [TestCase("read")]
    public void What_stays_is_no_change(string action) =>
        Assert.That(Read(Change("grid_deployment.a", action, Vm("vm", "10.5.2.2", 512), Vm("vm", "10.5.2.2", 512))).IsEmpty);

    [Test]
    public void Outputs_alone_are_a_change_of_outputs()
    {
        TerraformPlan plan = TerraformPlanReader.Read("""{"output_changes":{"a":{"actions":["no-op"]},"b":{"actions":["update"]}}}""");

        Assert.That((plan.OutputsChange, plan.Changes.Count, plan.IsEmpty), Is.EqualTo((true, 0, false)));
        Assert.That(plan.ChangedOutputs, Is.EqualTo(["b"]));
    }

    [Test]
    public void A_machine_in_a_resource_that_is_replaced_goes_with_its_neighbour()
    {
        const string Change = """
            {"address":"grid_deployment.x","mode":"managed","change":{"actions":["delete","create"],
             "before":{"vms":[{"name":"a","ip":"10.5.2.2","memory":512},{"name":"b","ip":"10.5.3.2","memory":512}]},
             "after":{"vms":[{"name":"a","memory":512},{"name":"b","memory":768}]},
             "after_unknown":{"id":true,"vms":[{"ip":true},{"ip":true}]} } }
            """;

        Assert.That(Hosts([One, Two], ["one", "two"], Change), Is.EqualTo([
            new HostChange("one", HostAction.Replace, "vms[1].memory 512 -> 768"),
            new HostChange("two", HostAction.Replace, "memory 512 -> 768"),
        ]));
    }

    [Test]
    public void A_machine_in_a_resource_that_changes_around_it_stays()
    {
        string block = Vm("a", "10.5.2.2", 512);

        Assert.That(Hosts([One], ["one"], Change("grid_deployment.x", "update", block, $"{block},{Vm("b", "", 512)}")), Is.Empty);
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
            Change("grid_deployment.x", Replace, before, before.Replace("hunter2", "hunter3", StringComparison.Ordinal))), Is.EqualTo([
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
            Is.EqualTo([new HostChange("one", HostAction.Replace, "node 1 -> 2")]));
    }

    [TestCase("delete", "null")]
    [TestCase("update", "[]")]
    public void A_machine_that_a_refresh_does_not_find_is_made_anew(string action, string after)
    {
        string block = after == "null" ? "null" : $"{{\"id\":\"0\",\"vms\":{after}}}";
        TerraformPlan plan = TerraformPlanReader.Read($$"""
            {"resource_drift":[{"address":"grid_deployment.x","change":{"actions":["{{action}}"],"before":{{Block(Vm("vm", "10.5.2.2", 512))}},"after":{{block}} } }],
             "resource_changes":[{{Change("grid_deployment.x", "create", null, Vm("vm", "", 512))}}]}
            """);

        Assert.That(
            HostChanges.Of([One with { SshAddress = "10.5.2.2" }, Two], ["one", "two"], plan, [], []),
            Is.EqualTo([new HostChange("one", HostAction.Replace, "Terraform does not find it any more") { LosesData = true }]));
    }

    // A machine that was logged in to, or that got the app, holds data.
    [TestCase("", "", false, false)]
    [TestCase("10.5.2.2", "", false, true)]
    [TestCase("", "app", false, true)]
    [TestCase("10.5.2.2", "app", true, true)]
    [TestCase("", "", true, false)]
    public void Data_is_lost_where_there_may_be_any(string sshAddress, string appInputs, bool isNeverSeen, bool expected)
    {
        RecordedHost host = One with
        {
            SshAddress = sshAddress.Length > 0 ? sshAddress : null,
            AppInputs = appInputs.Length > 0 ? appInputs : null,
        };
        TerraformPlan replace =
            Read(Change("grid_deployment.x", Replace, Vm("a", "10.5.2.2", 512), Vm("a", "10.5.2.2", 768)));
        TerraformPlan remove = Read(Change("grid_deployment.x", "delete", Vm("a", "10.5.2.2", 512), null));
        LostResource[] lost =
            isNeverSeen ? [new LostResource("grid_deployment.x", "no login to it ever succeeded", IsGone: false)] : [];

        HostChange replaced = HostChanges.Of([host], ["one"], replace, lost, []).Single();
        HostChange removed = HostChanges.Of([host], [], remove, lost, []).Single();

        Assert.That((replaced.Action, replaced.LosesData), Is.EqualTo((HostAction.Replace, expected)));
        Assert.That((removed.Action, removed.LosesData), Is.EqualTo((HostAction.Remove, expected)));
        Assert.That(replaced.Reason, Is.EqualTo(isNeverSeen ? "no login to it ever succeeded" : "memory 512 -> 768"));
    }

    [TestCase(true, false)]
    [TestCase(false, true)]
    public void A_lost_machine_holds_data_unless_its_contract_has_ended(bool isGone, bool losesData)
    {
        TerraformPlan plan = Read(Change("grid_deployment.x", Replace, Vm("a", "10.5.2.2", 512), Vm("a", "", 512)));

        HostChange change = HostChanges.Of(
            [One with { SshAddress = "10.5.2.2" }], ["one"], plan, [new LostResource("grid_deployment.x", "why", isGone)], []).Single();

        Assert.That((change.Reason, change.LosesData), Is.EqualTo(("why", losesData)));
    }

    /// <summary>The provider has written the contract 0 and no machines: only the record knows that there was one.</summary>
    [Test]
    public void A_machine_that_no_resource_names_any_more_is_that_of_the_lost_one()
    {
        TerraformPlan plan = Read(
            """{"address":"grid_deployment.x","mode":"managed","type":"grid_deployment","change":{"actions":["delete","create"],"before":{"id":"0","vms":[]},"after":{"vms":[{"name":"a"}]} } }""",
            Change("grid_deployment.y", "no-op", Vm("b", "10.5.3.2", 512), Vm("b", "10.5.3.2", 512)));

        Assert.That(
            HostChanges.Of(
                [One with { SshAddress = "10.5.2.2" }, Two with { SshAddress = "10.5.3.2" }],
                ["one", "two"],
                plan,
                [new LostResource("grid_deployment.x", "it is gone from the grid", IsGone: true)],
                ["one", "two"]),
            Is.EqualTo([new HostChange("one", HostAction.Replace, "it is gone from the grid")]));
    }

    // On the local grid an apply cancels the contracts that the state does not contain.
    [TestCase(true, "10.5.2.2", "one Replace True")]
    [TestCase(true, null, "")]
    [TestCase(false, "10.5.2.2", "")]
    public void A_machine_that_the_state_does_not_contain_is_lost_where_the_apply_cancels_it(
        bool cancels, string? sshAddress, string expected)
    {
        RecordedHost one = One with { SshAddress = sshAddress };
        TerraformPlan plan = Read(
            Change("grid_deployment.x[\"one\"]", "create", null, Vm("vm", "", 512)),
            Change("grid_deployment.x[\"two\"]", "no-op", Vm("vm", "10.5.3.2", 512), Vm("vm", "10.5.3.2", 512)));

        IReadOnlyList<HostChange> changes =
            HostChanges.Of([one, Two with { SshAddress = "10.5.3.2" }], ["one", "two"], plan, [], cancels ? ["one", "two"] : []);

        Assert.That(
            string.Join('|', changes.Select(change => $"{change.Host} {change.Action} {change.LosesData}")),
            Is.EqualTo(expected));
    }

    [TestCase(true, 1)]
    [TestCase(false, 0)]
    public void It_is_lost_even_if_only_outputs_change_but_not_without_an_apply(bool outputsChange, int lost)
    {
        TerraformPlan plan = TerraformPlan.Empty with { OutputsChange = outputsChange };

        IReadOnlyList<HostChange> changes =
            HostChanges.Of([One with { SshAddress = "10.5.2.2" }], ["one"], plan, [], ["one"]);

        Assert.That(changes.Count(change => change.LosesData), Is.EqualTo(lost));
    }

    [Test]
    public void A_disk_of_a_machine_goes_with_its_machine_and_is_named_too()
    {
        const string Both = """{"vms":[{"name":"a","ip":"10.5.2.2"}],"disks":[{"name":"d","size":5}]}""";
        string smaller = Both.Replace("5}", "4}", StringComparison.Ordinal);
        TerraformPlan plan = Read($$"""
            {"address":"grid_deployment.x","mode":"managed","change":{"actions":["delete","create"],"before":{{Both}},"after":{{smaller}} } }
            """);

        Assert.That(StorageLosses.Of(plan, [One]), Is.EqualTo([new StorageLoss("grid_deployment.x", "disk", "d", HostAction.Replace)]));
        Assert.That(StorageLosses.Of(plan, [Two]), Is.Empty, "nobody has used its machine");
        Assert.That(
            HostChanges.Of([One with { SshAddress = "10.5.2.2" }], ["one"], plan, [], []),
            Is.EqualTo([new HostChange("one", HostAction.Replace, "disks[0].size 5 -> 4") { LosesData = true }]));
    }

    [Test]
    public void Every_resource_is_read_with_its_type_its_network_and_what_its_machines_mount()
    {
        TerraformPlan plan = Read(
            """{"address":"grid_network.n","mode":"managed","type":"grid_network","change":{"actions":["no-op"],"before":{"name":"net"},"after":{"name":"net"} } }""",
            """{"address":"grid_deployment.x","mode":"managed","type":"grid_deployment","change":{"actions":["update"],"before":{"network_name":"net","vms":[{"name":"a","mounts":[{"name":"d"},{"disk_name":"e"}]}]},"after":{} } }""");

        Assert.That(
            plan.Unchanged.Concat(plan.Changes).Select(each => (each.Address, each.Type, each.Network)),
            Is.EqualTo([("grid_network.n", "grid_network", "net"), ("grid_deployment.x", "grid_deployment", "net")]));
        Assert.That(plan.Changes.Single().MachinesBefore.Single().Mounts, Is.EqualTo(["d", "e"]));
    }

    private static IReadOnlyList<HostChange> Hosts(RecordedHost[] recorded, string[] asked, params string[] changes) =>
        HostChanges.Of(recorded, asked, Read(changes), [], []);

    private static TerraformPlan Read(params string[] changes) => TerraformPlanReader.Read($$"""{"resource_changes":[{{string.Join(',', changes)}}],"output_changes":{} }""");

    private static string Change(string address, string action, string? before, string? after) => $$"""
        {"address":{{System.Text.Json.JsonSerializer.Serialize(address)}},"mode":"managed","change":{"actions":["{{action}}"],"before":{{Block(before)}},"after":{{Block(after)}},"after_unknown":{} } }
        """;

    private static string Block(string? vms) => vms is null ? "null" : $"{{\"name\":\"d\",\"vms\":[{vms}]}}";

    private static string Vm(string name, string ip, int memory) => $$"""{"name":"{{name}}","ip":"{{ip}}","memory":{{memory}},"console_url":"{{ip}}:2000","env_vars":{"A":"b"} }""";

    private static RecordedHost Host(string name, string ip) =>
        new() { Name = name, Role = "vm", Addresses = [new RecordedAddress("wireguard", ip)] };
}
