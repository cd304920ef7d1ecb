namespace TfgridCompose.Patterns.Sdk.Testing.Tests;

public sealed class PatternFolderTests
{
    [TestCase("../MyPattern", "/srv/MyPattern/bin/Release/net10.0")]
    [TestCase("/else/MyPattern", "/else/MyPattern/bin/Release/net10.0")]
    public void The_pattern_has_the_configuration_and_framework_of_the_tests(string project, string expected) =>
        Assert.That(PatternFolder.Of(project, "/srv/MyPattern.Tests/bin/Release/net10.0/"), Is.EqualTo(expected));

    [Test]
    public void Another_folder_layout_is_an_error() =>
        Assert.That(
            Assert.Throws<InvalidOperationException>(
                () => PatternFolder.Of("../MyPattern", "/srv/artifacts/out/"))!.Message,
            Does.Contain("/srv/artifacts/out/"));

    [Test]
    public void The_folder_of_the_running_tests_is_found() =>
        Assert.That(PatternFolder.Of("."), Is.EqualTo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)));
}
