using TfgridCompose.Core.Tools.Terraform.Plans;

namespace TfgridCompose.Core.Tests.Tools.Terraform.Plans;

public sealed class SecretBlockTests
{
    // A machine that goes leaves its whole block, and a network that becomes unknown all of its attributes.
    [TestCase("""{"vms":[{"env_vars":{"A":"hunter2"},"name":"vm"}]}""", """{"vms":[]}""", "{}", "null")]
    [TestCase("""{"net":{"external_sk":"hunter2"}}""", """{"net":null}""", "{}", "null")]
    [TestCase("""{"net":{"external_sk":"hunter2"}}""", "{}", """{"net":true}""", "(known after apply)")]
    public void A_block_with_a_secret_in_it_is_not_shown(string before, string after, string unknown, string shown)
    {
        TerraformPlan plan = TerraformPlanReader.Read(
            $$"""{"resource_changes":[{"address":"a.b","mode":"managed","change":{"actions":["update"],"before":{{before}},"after":{{after}},"after_unknown":{{unknown}} } }]}""");

        Assert.That(plan.Changes[0].Attributes.Select(change => (change.Before, change.After)), Is.EqualTo([("(sensitive)", shown)]));
    }
}
