namespace TfgridCompose.Patterns.Sdk.Testing.Tests;

public sealed class PatternFolderTests
{
    [TestCase("../MyPattern", "/srv/MyPattern/bin/Release/net10.0")]
    [TestCase("/else/MyPattern", "/else/MyPattern/bin/Release/net10.0")]
    public void The_pattern_was_built_as_the_tests_were(string project, string expected) =>
        Assert.That(PatternFolder.Of(project, "/srv/MyPattern.Tests/bin/Release/net10.0/"), Is.EqualTo(expected));

    [Test]
    public void Another_layout_is_refused_by_name() =>
        Assert.That(Assert.Throws<InvalidOperationException>(() => PatternFolder.Of("../MyPattern", "/srv/artifacts/out/"))!.Message, Does.Contain("/srv/artifacts/out/"));

    [Test]
    public void The_running_tests_are_found_by_themselves() =>
        Assert.That(PatternFolder.Of("."), Is.EqualTo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)));
}
