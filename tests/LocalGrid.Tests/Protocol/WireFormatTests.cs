using Google.Protobuf;
using TfgridCompose.LocalGrid.Protocol.Wire;
using TfgridCompose.LocalGrid.Values;
using WireFormat = TfgridCompose.LocalGrid.Protocol.Wire.WireFormat;

namespace TfgridCompose.LocalGrid.Tests.Protocol;

public sealed class WireFormatTests
{
    [Test]
    public void A_value_comes_as_MessagePack_or_as_json_or_not_at_all()
    {
        var value = new TerraformObject { ["a"] = TerraformNumber.Of(1) };

        Assert.That(WireFormat.ToObject(WireFormat.ToWire(value)), Is.EqualTo(value));
        Assert.That(WireFormat.ToObject(new DynamicValue { Json = ByteString.CopyFromUtf8("""{"a":1}""") }), Is.EqualTo(value));
        Assert.That(WireFormat.ToObject(new DynamicValue()), Is.Null);
        Assert.That(WireFormat.ToObject(null), Is.Null);
        Assert.That(WireFormat.ToObject(WireFormat.Nothing), Is.Null);
    }
}
