using System.Text.Json;
using TfgridCompose.Core.Terraform;

namespace TfgridCompose.Core.Tests.Terraform;

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
    public void Every_instance_has_its_own_address() => Assert.That(StateText.Parse(State).Instances, Is.EqualTo(new[]
    {
        ("grid_deployment.vm[0]", "grid_deployment.vm"), ("grid_deployment.vm[\"b\"]", "grid_deployment.vm"), ("module.net.grid_network.net", "module.net.grid_network.net"),
    }));

    [Test]
    public void Another_serial_is_the_same_content()
    {
        var state = StateText.Parse(State);
        var other = StateText.Parse(state.WithSerial(12));

        Assert.That((other.Serial, other.Lineage, other.HasSameContent(state)), Is.EqualTo((12L, "l", true)));
        Assert.That(other.HasSameContent(StateText.Parse(State.Replace("\"value\":1", "\"value\":2", StringComparison.Ordinal))), Is.False);
    }

    [Test]
    public void Encrypted_by_OpenTofu_it_says_so() =>
        Assert.That(StateText.Parse("""{"serial":1,"lineage":"l","meta":{},"encrypted_data":"x","encryption_version":"v0"}""").IsEncrypted);

    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("")]
    public void Something_else_is_none(string text) => Assert.Throws(Is.InstanceOf<JsonException>(), () => StateText.Parse(text));
}
