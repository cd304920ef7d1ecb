using System.Text.Json;
using TfgridCompose.Core.Phases;

namespace TfgridCompose.Core.Tests.Phases;

public sealed class StrayContractsTests
{
    [Test]
    public void A_state_names_the_contracts_of_machines_and_of_each_node_of_a_network()
    {
        const string State = """
            {"version": 4, "resources": [
              {"mode": "managed", "type": "grid_network", "instances": [{"attributes": {"id": "5df14301-b794-48c8-ad9b-64231d0b4017", "node_deployment_id": {"6": 12, "8": 13}}}]},
              {"mode": "managed", "type": "grid_deployment", "instances": [{"index_key": "a", "attributes": {"id": "14"}}, {"index_key": "b", "attributes": {"id": "15"}}]},
              {"mode": "managed", "type": "grid_deployment", "instances": []}
            ]}
            """;

        using JsonDocument state = JsonDocument.Parse(State);
        using JsonDocument none = JsonDocument.Parse("{}");
        Assert.That(StrayContracts.InState(state.RootElement), Is.EqualTo([12, 13, 14, 15]));
        Assert.That(StrayContracts.InState(none.RootElement), Is.Empty);
    }
}
