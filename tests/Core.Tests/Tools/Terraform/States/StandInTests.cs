using System.Text.Json;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Tests.Tools.Terraform.States;

/// <summary>Another node is asked in place of dead ones: contracts stay as they are, and so do foreign resources.</summary>
public sealed class StandInTests
{
    private const string State = """
        {"version":4,"serial":7,"lineage":"l","outputs":{},"resources":[
          {"mode":"managed","type":"grid_deployment","name":"vm","instances":[
            {"index_key":"a","attributes":{"id":"4711","node":8,"vms":[{"name":"a"}]}},{"index_key":"b","attributes":{"id":"4713","node":9}}]},
          {"mode":"managed","type":"grid_network","name":"net","instances":[
            {"attributes":{"id":"u","nodes":[8,9],"node_deployment_id":{"8":4712,"9":4714},"public_node_id":8}}]},
          {"mode":"managed","type":"other_thing","name":"x","instances":[{"attributes":{"node":8,"nodes":[8]}}]}]}
        """;

    [TestCase(true, "5 9", "5 9")]
    [TestCase(false, "5 9", "8 9")]
    public void Only_the_dead_node_is_replaced_and_in_networks_only_where_they_end(bool inNetworks, string nodes, string network)
    {
        string next = StandIn.Of(StateText.Parse(State), 5, node => node == 8, inNetworks)!;

        var state = StateText.Parse(next);
        Assert.That((state.Serial, state.Lineage), Is.EqualTo((8, "l")));
        Assert.That(Values(state, "grid_deployment", "node"), Is.EqualTo(nodes));
        Assert.That(Values(state, "grid_network", "nodes"), Is.EqualTo($"[{network.Replace(" ", ",", StringComparison.Ordinal)}]"));
        Assert.That(Values(state, "other_thing", "node"), Is.EqualTo("8"));
        Assert.That(
            TerraformContracts.Of(state).Select(contract => contract.Id),
            Is.EqualTo(TerraformContracts.Of(StateText.Parse(State)).Select(contract => contract.Id)));
    }

    [Test]
    public void A_network_whose_nodes_are_all_dead_asks_the_one_that_is_not() => Assert.That(
        Values(StateText.Parse(StandIn.Of(StateText.Parse(State), 5, _ => true, inNetworks: true)!), "grid_network", "nodes"),
        Is.EqualTo("[5]"));

    [Test]
    public void A_state_without_a_dead_node_is_not_written()
    {
        Assert.That(StandIn.Of(StateText.Parse(State), 5, node => node == 3, inNetworks: true), Is.Null);
        Assert.That(StandIn.Of(StateText.OfPull(""), 5, _ => true, inNetworks: true), Is.Null);
    }

    [Test]
    public void The_nodes_that_are_asked_are_those_of_deployments_and_networks() =>
        Assert.That(StandIn.NodesIn(StateText.Parse(State)), Is.EqualTo([8, 9]));

    private static string Values(StateText state, string type, string attribute) => string.Join(' ', state.Instances
        .Where(instance => instance.Type == type)
        .Select(instance => ((JsonElement)instance.Attributes!).GetProperty(attribute).GetRawText()));
}
