using NUnit.Framework;
using TfgridCompose.LocalGrid.Provider;
using TfgridCompose.LocalGrid.Values;

namespace TfgridCompose.LocalGrid.Tests.Values;

public sealed class MessagePackTests
{
    [TestCase(0)]
    [TestCase(127)]
    [TestCase(128)]
    [TestCase(-1)]
    [TestCase(65536)]
    [TestCase(long.MaxValue)]
    public void Whole_numbers_survive_a_round_trip(long value) =>
        Assert.That(RoundTrip(TerraformNumber.Of(value)), Is.EqualTo(TerraformNumber.Of(value)));

    [Test]
    public void Fractions_survive_a_round_trip() =>
        Assert.That(RoundTrip(TerraformNumber.Of(0.25)), Is.EqualTo(TerraformNumber.Of(0.25)));

    [TestCase(3)]
    [TestCase(31)]
    [TestCase(32)]
    [TestCase(300)]
    [TestCase(70000)]
    public void Texts_of_every_length_survive_a_round_trip(int length) =>
        Assert.That(RoundTrip(new string('ä', length)), Is.EqualTo(new string('ä', length)));

    [TestCase(0)]
    [TestCase(15)]
    [TestCase(16)]
    [TestCase(70000)]
    public void Lists_of_every_length_survive_a_round_trip(int length) =>
        Assert.That(ValueTree.Same(RoundTrip(Numbers(length)), Numbers(length)));

    [Test]
    public void Nested_objects_with_nulls_and_unknowns_survive_a_round_trip()
    {
        var value = new TerraformObject
        {
            ["nothing"] = null,
            ["flag"] = true,
            ["later"] = UnknownValue.Plain,
            ["refined"] = new UnknownValue(12, [0x82, 0x01, 0xc2]),
            ["blocks"] = new List<object?>
            {
                new TerraformObject(Enumerable.Range(0, 20).Select(i => KeyValuePair.Create($"k{i}", (object?)"v"))),
            },
        };

        Assert.That(ValueTree.Same(RoundTrip(value), value));
    }

    [Test]
    public void A_number_sent_as_float_equals_the_same_whole_number() =>
        Assert.That(MessagePackReader.Decode([0xcb, 0x40, 0x10, 0, 0, 0, 0, 0, 0]), Is.EqualTo(TerraformNumber.Of(4)));

    [Test]
    public void A_value_that_ends_early_is_refused() =>
        Assert.That(() => MessagePackReader.Decode([0x93, 0x01]), Throws.TypeOf<FormatException>());

    /// <summary>Forms that Terraform sends and we do not write.</summary>
    [TestCase("ccff", "255")]
    [TestCase("cd0100", "256")]
    [TestCase("ce00010000", "65536")]
    [TestCase("cfffffffffffffffff", "18446744073709551615")]
    [TestCase("d0ff", "-1")]
    [TestCase("d1ff00", "-256")]
    [TestCase("d2ffff0000", "-65536")]
    [TestCase("d3ffffffffffffffff", "-1")]
    [TestCase("e0", "-32")]
    [TestCase("7f", "127")]
    [TestCase("ca3f000000", "0.5")]
    public void Every_form_of_a_number_is_read(string hex, string expected) =>
        Assert.That($"{MessagePackReader.Decode(Convert.FromHexString(hex))}", Is.EqualTo(expected));

    [TestCase("a3616263")]
    [TestCase("d903616263")]
    [TestCase("da0003616263")]
    [TestCase("db00000003616263")]
    [TestCase("c403616263")]
    [TestCase("c50003616263")]
    public void Every_form_of_a_text_is_read(string hex) =>
        Assert.That(MessagePackReader.Decode(Convert.FromHexString(hex)), Is.EqualTo("abc"));

    [TestCase("81a16bc3")]
    [TestCase("de0001a16bc3")]
    [TestCase("df00000001a16bc3")]
    public void Every_form_of_a_map_is_read(string hex) =>
        Assert.That(MessagePackReader.Decode(Convert.FromHexString(hex)), Is.EqualTo(new TerraformObject { ["k"] = true }));

    [TestCase("dc0001c2")]
    [TestCase("dd00000001c2")]
    public void Every_form_of_a_list_is_read(string hex) =>
        Assert.That(MessagePackReader.Decode(Convert.FromHexString(hex)), Is.EqualTo(new List<object?> { false }));

    [TestCase("d40000", 0, "00")]
    [TestCase("d50c8101", 12, "8101")]
    [TestCase("d60c01020304", 12, "01020304")]
    [TestCase("c7020c8101", 12, "8101")]
    [TestCase("c800020c8101", 12, "8101")]
    [TestCase("c9000000020c8101", 12, "8101")]
    public void Every_form_of_an_unknown_value_is_read(string hex, int code, string body) =>
        Assert.That(
            MessagePackReader.Decode(Convert.FromHexString(hex)),
            Is.EqualTo(new UnknownValue((sbyte)code, Convert.FromHexString(body))));

    [TestCase("c1", "MessagePack has no type 0xc1")]
    [TestCase("c0c0", "bytes follow the MessagePack value")]
    [TestCase("8101c0", "a MessagePack map key is not text")]
    [TestCase("dbffffffff", "the MessagePack value ends early")]
    public void What_is_no_value_is_refused(string hex, string message) => Assert.That(
        () => MessagePackReader.Decode(Convert.FromHexString(hex)), Throws.TypeOf<FormatException>().With.Message.EqualTo(message));

    /// <summary>As Terraform writes them, so that plan and state compare equal.</summary>
    [Test]
    public void Values_are_written_in_their_shortest_form()
    {
        Assert.That(Hex(null), Is.EqualTo("c0"));
        Assert.That(Hex(true) + Hex(false), Is.EqualTo("c3c2"));
        Assert.That(Hex("abc"), Is.EqualTo("a3616263"));
        Assert.That(Hex(new string('a', 32))[..4], Is.EqualTo("d920"));
        Assert.That(Hex(new string('a', 256))[..6], Is.EqualTo("da0100"));
        Assert.That(Hex(new string('a', 65536))[..10], Is.EqualTo("db00010000"));
        Assert.That(Hex(TerraformNumber.Of(127)) + Hex(TerraformNumber.Of(128)), Is.EqualTo("7fd30000000000000080"));
        Assert.That(Hex(TerraformNumber.Of(0.5)), Is.EqualTo("cb3fe0000000000000"));
        Assert.That(Hex(new TerraformNumber("12345678901234567890.5")), Is.EqualTo("b631323334353637383930313233343536373839302e35"));
        Assert.That(Hex(UnknownValue.Plain), Is.EqualTo("d40000"));
        Assert.That(Hex(new UnknownValue(12, [0x81, 1])), Is.EqualTo("c800020c8101"));
        Assert.That(Hex(Numbers(15))[..2], Is.EqualTo("9f"));
        Assert.That(Hex(Numbers(16))[..6], Is.EqualTo("dc0010"));
        Assert.That(Hex(Numbers(65536))[..10], Is.EqualTo("dd00010000"));
        Assert.That(Hex(Keys(15))[..2], Is.EqualTo("8f"));
        Assert.That(Hex(Keys(16))[..6], Is.EqualTo("de0010"));
        Assert.That(() => Hex(1), Throws.InvalidOperationException);
    }

    private static string Hex(object? value) => Convert.ToHexStringLower(MessagePackWriter.Encode(value));

    private static TerraformObject Keys(int count) =>
        new(Enumerable.Range(0, count).Select(i => KeyValuePair.Create($"k{i}", (object?)null)));

    private static object? RoundTrip(object? value) => MessagePackReader.Decode(MessagePackWriter.Encode(value));

    private static List<object?> Numbers(int count) => [.. Enumerable.Range(0, count).Select(i => (object?)TerraformNumber.Of(i))];
}
