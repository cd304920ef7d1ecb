using System.Text.Json;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Tests.Tools.Terraform.States;

public sealed class StateTextTests
{
    private const string State = """
        {"version":4,"serial":7,"lineage":"l","outputs":{"a":{"value":1,"type":"number"}},"resources":[
          {"mode":"managed","type":"grid_deployment","name":"vm","instances":[{"index_key":0},{"index_key":"b"}]},
          {"mode":"managed","module":"module.net","type":"grid_network","name":"net","instances":[{}]},
          {"mode":"managed","type":"grid_name_proxy","name":"gone","instances":[]},
          {"mode":"data","type":"x","name":"y","instances":[{}]}]}
        """;

    [Test]
    public void Every_instance_has_its_own_address() =>
        Assert.That(StateText.Parse(State).Instances.Select(instance => (instance.Address, instance.Resource)), Is.EqualTo(new[]
    {
        (
            "grid_deployment.vm[0]",
            "grid_deployment.vm"), (
                "grid_deployment.vm[\"b\"]",
                "grid_deployment.vm"), ("module.net.grid_network.net", "module.net.grid_network.net"),
    }));

    [Test]
    public void Another_serial_is_the_same_content()
    {
        var state = StateText.Parse(State);
        var other = StateText.Parse(state.WithSerial(12));

        Assert.That((other.Serial, other.Lineage, other.HasSameContent(state)), Is.EqualTo((12L, "l", true)));
        Assert.That(other.HasSameContent(StateText.Parse(State.Replace("\"value\":1", "\"value\":2", StringComparison.Ordinal))), Is.False);
    }

    // JSON may have it, and no string can: each use of it would fail later.
    [TestCase("""{"version":4,"lineage":"\ud800"}""")]
    [TestCase("""{"version":4,"resources":[{"\uDC00":1}]}""")]
    [TestCase("""{"version":4,"resources":[],"resources":[]}""")]
    public void Half_of_a_surrogate_pair_or_a_member_that_is_there_twice_makes_it_unreadable(string state) =>
        Assert.That(() => StateText.Parse(state), Throws.InstanceOf<JsonException>());

    [Test]
    public void Encrypted_by_OpenTofu_it_says_so() =>
        Assert.That(StateText.Parse("""{"serial":1,"lineage":"l","meta":{},"encrypted_data":"x","encryption_version":"v0"}""").IsEncrypted);

    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("")]
    public void Something_else_is_none(string text) => Assert.Throws(Is.InstanceOf<JsonException>(), () => StateText.Parse(text));

    [Test]
    public void Machines_are_found_with_their_instances()
    {
        var state = StateText.Parse("""
            {"version":4,"serial":1,"lineage":"x","resources":[
              {"mode":"managed","type":"grid_deployment","name":"node","instances":[
                {"index_key":"a","attributes":{"vms":[{"name":"vm","ip":"10.5.2.2","computedip":"203.0.113.9/24","mycelium_ip":""}]}},
                {"index_key":"b","attributes":{"vms":[{"name":"vm","ip":"10.5.3.2"}]}}]},
              {"mode":"managed","type":"grid_network","name":"net","instances":[{"attributes":{"name":"net"}}]}]}
            """);

        Assert.That(
            state.Machines.Select(pair => $"{pair.Address} {pair.Machine.Name} {string.Join(' ', pair.Machine.Addresses)}"),
            Is.EqualTo(["grid_deployment.node[\"a\"] vm 10.5.2.2 203.0.113.9", "grid_deployment.node[\"b\"] vm 10.5.3.2"]));
    }
}
