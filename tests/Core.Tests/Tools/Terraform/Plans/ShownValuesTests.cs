using TfgridCompose.Core.Tools.Terraform.Plans;

namespace TfgridCompose.Core.Tests.Tools.Terraform.Plans;

/// <summary>What a plan shows of values: not all of a long one, and nothing of a secret.</summary>
public sealed class ShownValuesTests
{
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

    // The provider does not mark these.
    [TestCase("external_sk")]
    [TestCase("access_wg_config")]
    [TestCase("env_vars.GREETING")]
    [TestCase("zdbs[0].password")]
    public void A_secret_that_the_provider_does_not_mark_is_not_shown_either(string path)
    {
        string Side(string value) => path switch
        {
            "env_vars.GREETING" => $$$"""{"env_vars":{"GREETING":"{{{value}}}"}}""",
            "zdbs[0].password" => $$$"""{"zdbs":[{"password":"{{{value}}}"}]}""",
            _ => $$"""{"{{path}}":"{{value}}"}""",
        };
        TerraformPlan Plan(string after, string unknown) => TerraformPlanReader.Read(
            $$"""{"resource_changes":[{"address":"a.b","mode":"managed","change":{"actions":["update"],"before":{{Side("hunter2")}},"after":{{after}},"after_unknown":{{unknown}} } }]}""");

        Assert.That(Plan(Side("hunter3"), "{}").Changes[0].Attributes, Is.EqualTo([
            new AttributeChange(path, "(sensitive)", "(sensitive)"),
        ]));
        if (!path.Contains('.', StringComparison.Ordinal))
        {
            Assert.That(Plan("{}", $$"""{"{{path}}":true}""").Changes[0].Attributes, Is.EqualTo([
                new AttributeChange(path, "(sensitive)", "(known after apply)"),
            ]));
        }
    }
}
