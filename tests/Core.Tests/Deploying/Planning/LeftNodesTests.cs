using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Tests.Deploying.Planning;

public sealed class LeftNodesTests
{
    private static readonly StateText State = StateText.Parse("""
        {"version":4,"resources":[
          {"mode":"managed","type":"grid_deployment","name":"vm","instances":[
            {"index_key":"a","attributes":{"id":"1","node":8}},{"index_key":"b","attributes":{"id":"2","node":9}}]},
          {"mode":"managed","type":"grid_network","name":"net","instances":[{"attributes":{"id":"u","nodes":[8,9]}}]}]}
        """);

    [Test]
    public void Deployments_on_a_node_that_is_left_are_replaced_and_may_lose_data() => Assert.That(
        LeftNodes.Of(State, [8], []),
        Is.EqualTo([new LostResource("grid_deployment.vm[\"a\"]", "it leaves node 8", IsGone: false)]));

    [Test]
    public void One_that_is_lost_anyway_keeps_its_reason() => Assert.That(
        LeftNodes.Of(State, [8, 9], [new LostResource("grid_deployment.vm[\"b\"]", "it is gone", IsGone: true)]),
        Has.Count.EqualTo(1));

    [Test]
    public void No_node_is_left_by_itself() => Assert.That(LeftNodes.Of(State, [], []), Is.Empty);
}
