using TfgridCompose.LocalGrid.Provider;
using TfgridCompose.LocalGrid.Schemas;
using TfgridCompose.LocalGrid.Values;

namespace TfgridCompose.LocalGrid.Tests.Provider;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ProviderConfigTests
{
    private readonly Dictionary<string, string> _environment = [];

    [Test]
    public void What_is_left_out_has_the_real_providers_defaults()
    {
        var config = new TerraformObject();

        Assert.That(Prepare(config), Is.Empty);

        Assert.That(ValueTree.Same(config, new TerraformObject
        {
            ["key_type"] = "sr25519",
            ["network"] = "dev",
            ["rmb_timeout"] = TerraformNumber.Of(10),
        }));
    }

    [Test]
    public void The_environment_comes_before_the_default_and_the_configuration_before_both()
    {
        _environment["NETWORK"] = "test";
        _environment["RMB_TIMEOUT"] = "30";
        _environment["RELAY_URL"] = "wss://relay.example";
        _environment["KEY_TYPE"] = "";
        var config = new TerraformObject { ["network"] = "main" };

        Assert.That(Prepare(config), Is.Empty);

        Assert.That((config["network"], config["rmb_timeout"]), Is.EqualTo(((object)"main", (object)TerraformNumber.Of(30))));
        Assert.That((config["relay_url"], config["key_type"]), Is.EqualTo(((object)"wss://relay.example", (object)"sr25519")));
        Assert.That(config.ContainsKey("mnemonic"), Is.False, "it is never looked at");
    }

    [Test]
    public void A_value_of_the_environment_is_checked_as_well()
    {
        _environment["NETWORK"] = "mars";

        Assert.That(Prepare([]).Single().Path, Is.EqualTo(new object[] { "network" }));
    }

    private IReadOnlyList<GridDiagnostic> Prepare(TerraformObject config) =>
        ProviderConfig.Prepare(config, _environment.GetValueOrDefault);
}
