using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tests.Plugins.Lifecycle;
using TfgridCompose.Core.Tests.Records.Deployments;
using TfgridCompose.Core.Tools.Terraform;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Tests.Tools.Terraform;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class TerraformWorkspaceTests : IDisposable
{
    private const string Passphrase = "0123456789abcdef";
    private readonly TestHome _home = new();
    private readonly DeploymentFolder _folder;
    private string? _atInit;

    public TerraformWorkspaceTests()
    {
        _folder = _home.Home.Deployment("abc123xyz");
        _folder.Create();
    }

    private string EncryptionFile => Path.Combine(_folder.Terraform, StateEncryption.FileName);

    public void Dispose() => _home.Dispose();

    [Test]
    public async Task OpenTofu_is_told_to_encrypt_before_it_starts()
    {
        await InitAsync("/bin/tofu", Passphrase);

        Assert.That(_atInit, Is.EqualTo(StateEncryption.Text(Passphrase)));
        Assert.That(File.GetUnixFileMode(EncryptionFile), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [TestCase("/bin/terraform", Passphrase)]
    [TestCase("/bin/tofu", null)]
    public async Task Where_nothing_is_to_be_encrypted_no_passphrase_is_written(string tool, string? passphrase)
    {
        await InitAsync(tool, passphrase);

        Assert.That(EncryptionFile, Does.Not.Exist);
    }

    private Task InitAsync(string tool, string? passphrase)
    {
        var runner = new RecordingRunner(_ =>
        {
            _atInit = File.Exists(EncryptionFile) ? File.ReadAllText(EncryptionFile) : null;
            Directory.CreateDirectory(Path.Combine(_folder.Terraform, ".terraform"));
            return null;
        });
        return new TerraformWorkspace(
            _folder, new TerraformTool(tool), new Dictionary<string, string?>(), runner, new RecordedEvents(), passphrase)
            .InitAsync(CancellationToken.None);
    }
}
