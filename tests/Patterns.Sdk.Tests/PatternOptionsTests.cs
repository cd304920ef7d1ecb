namespace TfgridCompose.Patterns.Sdk.Tests;

public sealed class PatternOptionsTests
{
    private static readonly PatternOptions Options = new(new Dictionary<string, object>
    {
        ["cpu"] = 4L,
        ["docker"] = true,
        ["name"] = "x",
        ["packages"] = (IReadOnlyList<string>)["git"],
        ["nodes"] = (IReadOnlyList<long>)[1L, 2L],
    });

    [Test]
    public void Values_are_read_with_their_declared_type()
    {
        Assert.That(
            (Options.Integer("cpu"), Options.Flag("docker"), Options.Text("name")), Is.EqualTo((4L, true, "x")));
        Assert.That(
            (Options.Texts("packages"), Options.Integers("nodes")),
            Is.EqualTo(((IReadOnlyList<string>)["git"], (IReadOnlyList<long>)[1L, 2L])));
    }

    [Test]
    public void A_missing_value_is_absent_or_an_error_that_says_what_to_do()
    {
        Assert.That(
            (Options.Has("none"), Options.IntegerOrNull("none"), Options.Flag("none"), Options.Texts("none").Count),
            Is.EqualTo((false, (long?)null, false, 0)));
        Assert.That(
            () => Options.Integer("none"),
            Throws.TypeOf<KeyNotFoundException>().With.Message.Contains("declare a default"));
        Assert.That(
            () => Options.Text("cpu"), Throws.TypeOf<InvalidCastException>().With.Message.Contains("'cpu' is a Int64"));
    }
}
