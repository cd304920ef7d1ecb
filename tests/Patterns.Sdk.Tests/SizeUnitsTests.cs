namespace TfgridCompose.Patterns.Sdk.Tests;

public sealed class SizeUnitsTests
{
    [TestCase(0, 0)]
    [TestCase(1, 1)]
    [TestCase(1023, 1)]
    [TestCase(1024, 1)]
    [TestCase(1025, 2)]
    [TestCase(5120, 5)]
    [TestCase(5121, 6)]
    [TestCase(long.MaxValue, 9007199254740992)]
    public void Megabytes_are_rounded_up_to_gigabytes(long megabytes, long gigabytes) =>
        Assert.That(SizeUnits.ToGb(megabytes), Is.EqualTo(gigabytes));
}
