using TfgridCompose.Core.Deploying.Infrastructure;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tests.Looking.Leaks;
using TfgridCompose.Core.Tests.Records.Deployments;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Tests.Tools.Terraform.States;

public sealed class TerraformContractsTests
{
    private const string State = """
        {"version": 4, "terraform_version": "1.9.8", "serial": 7, "outputs": {}, "resources": [
          {"mode": "managed", "type": "grid_deployment", "name": "vm", "provider": "provider[\"registry.terraform.io/threefoldtech/grid\"]", "instances": [
            {"index_key": 0, "schema_version": 0, "attributes": {"id": "4711", "node": 8, "name": "vm_a"}},
            {"index_key": "b c", "schema_version": 0, "attributes": {"id": "4712", "node": 9, "name": "vm_b"}, "deposed": "x"}]},
          {"mode": "managed", "module": "module.inner[1]", "type": "grid_network", "name": "net", "instances": [
            {"attributes": {"id": "7a1e6c52-2a3b-4c9e-8f6f-0e8d1f9b3a11", "nodes": [8, 9], "node_deployment_id": {"8": 4700, "9": "4701"}}}]},
          {"mode": "managed", "type": "grid_kubernetes", "name": "k", "instances": [
            {"attributes": {"id": "0c6f6d0e-0000-4000-8000-000000000000", "node_deployment_id": {"11": 4720}}}]},
          {"mode": "managed", "type": "grid_name_proxy", "name": "site", "instances": [
            {"attributes": {"id": "4730", "node": 3, "node_deployment_id": {"3": 4730}, "name_contract_id": 4731}}]},
          {"mode": "managed", "type": "grid_fqdn_proxy", "name": "own", "instances": [{"attributes": {"id": "4740", "node": 3, "node_deployment_id": null}}]},
          {"mode": "data", "type": "grid_gateway_domain", "name": "d", "instances": [{"attributes": {"id": "4799", "node": 3}}]},
          {"mode": "managed", "type": "random_id", "name": "r", "instances": [{"attributes": {"id": "4798"}}]},
          {"mode": "managed", "type": "grid_deployment", "name": "begun", "instances": [{"attributes": {"id": "", "node": 8}}, {"attributes": null}, {}]}
        ]}
        """;

    [Test]
    public void Every_contract_of_the_provider_is_read_with_its_node_kind_and_address()
    {
        Assert.That(TerraformContracts.Of(StateText.Parse(State)).Select(
            contract => $"{contract.Id} {contract.NodeId} {contract.Kind} {contract.Resource}"), Is.EqualTo([
            "4711 8 deployment grid_deployment.vm[0]",
            "4712 9 deployment grid_deployment.vm[\"b c\"]",
            "4700 8 network module.inner[1].grid_network.net",
            "4701 9 network module.inner[1].grid_network.net",
            "4720 11 kubernetes grid_kubernetes.k",
            "4730 3 gateway-name grid_name_proxy.site",
            "4731 0 name grid_name_proxy.site",
            "4740 3 gateway-fqdn grid_fqdn_proxy.own",
        ]));
    }

    [TestCase("")]
    [TestCase("""{"version":4}""")]
    [TestCase("""{"version":4,"resources":[]}""")]
    [TestCase("""{"version":4,"resources":[1, {"mode":"managed","type":"grid_deployment","instances":[null, []]}]}""")]
    public void A_state_without_instances_names_none(string state) => Assert.That(TerraformContracts.Of(StateText.OfPull(state)), Is.Empty);

    [TestCase("""{"version":4,"resources":[{"mode":"managed","type":"grid_depl""")]
    [TestCase("x")]
    public void A_torn_state_is_a_problem_and_not_an_empty_one(string text)
    {
        using var home = new TestHome();
        DeploymentFolder folder = home.Home.Deployment("abc");
        folder.Create();
        Assert.That(TerraformLook.At(folder).Exists, Is.False);
        File.WriteAllText(Path.Combine(folder.Terraform, "terraform.tfstate"), "");
        Assert.That(
            TerraformLook.At(folder),
            Has.Property("Exists").False.And.Property("Problem").Null,
            "Terraform takes an empty file for none");

        File.WriteAllText(Path.Combine(folder.Terraform, "terraform.tfstate"), text);

        Assert.That(TerraformLook.At(folder).Problem, Does.Contain("terraform.tfstate cannot be read"));
    }

    [Test]
    public void After_a_failure_what_was_known_stays_and_what_the_error_names_is_in_doubt()
    {
        DeploymentRecord before = LeakLab.Record("abc", 1, 2) with { DoubtfulContracts = [5] };

        DeploymentRecord after = ContractRecording.WithFailure(
            before,
            new TerraformLook(true, [], [new RecordedContract(3, 8, "network", "grid_network.net")], null) { Lineage = "l" },
            [3, 5, 6, 6]);

        Assert.That(after.Contracts.Select(contract => contract.Id), Is.EqualTo([3, 1, 2]));
        Assert.That(after.DoubtfulContracts, Is.EqualTo([5, 6]));
        Assert.That(after.StateLineage, Is.EqualTo("l"), "the first that is seen");
        Assert.That(
            ContractRecording.WithFailure(after, new TerraformLook(true, [], [], null) { Lineage = "m" }, []).StateLineage,
            Is.EqualTo("l"));
    }
}
