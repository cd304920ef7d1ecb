using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Tools.Terraform.Plans;

namespace TfgridCompose.Core.Tests.Deploying.Planning;

/// <summary>Which storage a Terraform plan takes away with its data.</summary>
public sealed class StorageLossesTests
{
    [TestCase("update", """{"disks":[{"name":"d","size":5}]}""", """{"disks":[{"name":"d","size":9}]}""", "")]
    [TestCase("update", """{"disks":[{"name":"d","size":5}]}""", """{"disks":[]}""", "Remove disk d")]
    [TestCase("update", """{"zdbs":[{"name":"z","size":5}]}""", """{"zdbs":[{"name":"y","size":5}]}""", "Remove zdb z")]
    [TestCase("update", """{"volumes":[{"name":"v","size":5}]}""", """{}""", "Remove volume v")]
    [TestCase("delete", """{"disks":[{"name":"d","size":5}]}""", "null", "Remove disk d")]
    [TestCase("delete create", """{"disks":[{"name":"d","size":5}]}""", """{"disks":[{"name":"d","size":5}]}""", "Replace disk d")]
    [TestCase("create", "null", """{"disks":[{"name":"d","size":5}]}""", "")]
    [TestCase("no-op", """{"disks":[{"name":"d","size":5}]}""", """{"disks":[{"name":"d","size":5}]}""", "")]
    public void Storage_is_lost_where_it_goes_or_its_resource_is_replaced(string action, string before, string after, string expected)
    {
        string actions = string.Join(',', action.Split(' ').Select(word => $"\"{word}\""));
        TerraformPlan plan = TerraformPlanReader.Read($$$"""
            {"resource_changes":[{"address":"grid_deployment.data","mode":"managed","change":{"actions":[{{{actions}}}],"before":{{{before}}},"after":{{{after}}} } }],"output_changes":{} }
            """);

        Assert.That(
            string.Join('|', StorageLosses.Of(plan, []).Select(loss => $"{loss.Action} {loss.Kind} {loss.Name}")),
            Is.EqualTo(expected));
        Assert.That(StorageLosses.Of(plan, []).Select(loss => loss.Resource), Has.All.EqualTo("grid_deployment.data"));
        Assert.That(new InfrastructurePlan(plan, []) { Storage = StorageLosses.Of(plan, []) }.LosesData, Is.EqualTo(expected.Length > 0));
    }
}
