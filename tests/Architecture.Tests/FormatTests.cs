namespace TfgridCompose.Architecture.Tests;

[Category("Slow")]
public sealed class FormatTests
{
    [Test]
    public void Dotnet_format_would_change_nothing()
    {
        (int code, string output) = Repository.Run("dotnet", ["format", "TfgridCompose.sln", "--verify-no-changes", "--verbosity", "minimal"]);

        Assert.That(code, Is.Zero, output);
    }
}
