namespace TfgridCompose.Patterns.Sdk.Tests;

public sealed class PatternMetadataTests
{
    [Test]
    public void What_an_export_does_not_say_is_empty()
    {
        var metadata = new PatternMetadata();

        Assert.That((metadata.Name, metadata.Version, metadata.Description), Is.EqualTo(("", "", "")));
    }
}
