using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Core.Sharing.Copies;
using TfgridCompose.Core.Sharing.Places;
using TfgridCompose.Tests.Shared;

namespace TfgridCompose.Cli.Tests;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SharedDownTests : IDisposable
{
    private readonly CliLab _lab = CliLab.WithMachine();
    private readonly HttpBackend _server = new();

    public void Dispose()
    {
        _server.Dispose();
        _lab.Dispose();
    }

    [Test]
    public async Task A_backend_that_lost_everything_does_not_keep_a_deployment_from_its_proven_end()
    {
        await ShareAsync();

        CliResult result = await _lab.RunAsync("down", "hello", "--yes");

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(result.Error, Does.Contain("holds no record of hello"));
        Assert.That(Directory.GetFileSystemEntries(_lab.State.Deployments), Is.Empty);
    }

    [Test]
    public async Task A_backend_that_does_not_answer_does()
    {
        await ShareAsync();
        _server.Dispose();

        (await _lab.RunAsync("down", "hello", "--yes")).AssertFailed(
            4,
            "TFC0748",
            "ended with exit code 1 for the state of",
            "check that this machine can reach the backend");
        Assert.That(_lab.Folder.Exists);
    }

    // As after `up` with this backend, and a server that was set up again since then.
    private async Task ShareAsync()
    {
        Assert.That((await _lab.RunAsync("up", _lab.App, "--trust", "--grid", "local")).ExitCode, Is.Zero);
        _lab.UseRealTerraform();
        DeploymentFolder folder = _lab.Folder;
        Directory.Delete(folder.Terraform, recursive: true);
        _lab.WriteManifest($"{CliLab.Manifest}state: {{backend: http, config: {{address: '{_server.Address}'}}}}\n");
        BackendPlace place = BackendDerivation.Of(
            ManifestFile.Load(_lab.App).Manifest.State!,
            new DeploymentKey("hello", "hello"),
            _ => null);
        Attachment.WriteBackend(folder, place);
        new DeploymentStore(_lab.State, TimeProvider.System).Save(
            _lab.Record with { SharedState = new RecordedBackend(place.Kind, place.Location, place.RemoveCommand) });
    }
}
