namespace TfgridCompose.Core.Tests.Plugins.Packages;

/// <summary>
/// The NuGet library's own cache of feeds' answers, away from the user's; and no pauses before it asks a failing feed
/// again.
/// </summary>
[SetUpFixture]
public sealed class NuGetCache
{
    private const string RetryDelay = "NUGET_ENHANCED_NETWORK_RETRY_DELAY_MILLISECONDS";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tfc-nuget-");

    [OneTimeSetUp]
    public void Redirect()
    {
        Environment.SetEnvironmentVariable("NUGET_HTTP_CACHE_PATH", _folder.FullName);
        Environment.SetEnvironmentVariable(RetryDelay, "1");
    }

    [OneTimeTearDown]
    public void Remove()
    {
        Environment.SetEnvironmentVariable("NUGET_HTTP_CACHE_PATH", null);
        Environment.SetEnvironmentVariable(RetryDelay, null);
        _folder.Delete(recursive: true);
    }
}
