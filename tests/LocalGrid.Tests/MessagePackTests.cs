using NUnit.Framework;
using TfgridCompose.LocalGrid.Values;

namespace TfgridCompose.LocalGrid.Tests;

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

    private static object? RoundTrip(object? value) => MessagePackReader.Decode(MessagePackWriter.Encode(value));

    private static List<object?> Numbers(int count) => [.. Enumerable.Range(0, count).Select(i => (object?)TerraformNumber.Of(i))];
}
