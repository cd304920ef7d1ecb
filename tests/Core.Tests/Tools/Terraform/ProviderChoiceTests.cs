using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tests.Records.Deployments;
using TfgridCompose.Core.Tests.Sharing;
using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Core.Tools.Terraform;

namespace TfgridCompose.Core.Tests.Tools.Terraform;

/// <summary>The release of the grid's provider: ADR 19.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ProviderChoiceTests : IDisposable
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly Machine _machine = new("laptop");
    private readonly DeploymentFolder _folder;

    public ProviderChoiceTests()
    {
        _folder = _machine.Home.Deployment("abc123xyz");
        _folder.Create();
        Directory.CreateDirectory(_folder.Terraform);
    }

    private string Override => Path.Combine(_folder.Terraform, ProviderChoice.FileName);

    private string LockFile => Path.Combine(_folder.Terraform, ".terraform.lock.hcl");

    public void Dispose() => _machine.Dispose();

    [Test]
    public void Without_a_choice_the_pattern_decides()
    {
        Of("main").Write();

        Assert.That(Override, Does.Not.Exist);
    }

    [TestCase("provider_version: 1.11.1", "dev", "1.11.1")]
    [TestCase("provider_version: {dev: 1.11.2-dev, main: '>= 1.11, < 2'}", "dev", "1.11.2-dev")]
    [TestCase("provider_version: {dev: 1.11.2-dev, main: '>= 1.11, < 2'}", "main", ">= 1.11, < 2")]
    [TestCase("provider_version: {dev: 1.11.2-dev}", "test", null)]
    [TestCase("provider_version: 1.11.1", "local", null)]
    public void The_user_chooses_for_all_paid_grids_or_for_each(string config, string grid, string? expected)
    {
        Configure(config);

        Of(grid).Write();

        Assert.That(Of(grid).Chosen, Is.EqualTo(expected));
        string? written = File.Exists(Override)
            ? JsonNode.Parse(File.ReadAllText(Override))!["terraform"]!["required_providers"]!.ToJsonString(Plain)
            : null;
        Assert.That(
            written,
            Is.EqualTo(expected is null ? null : $"{{\"grid\":{{\"source\":\"threefoldtech/grid\",\"version\":\"{expected}\"}}}}"));
    }

    [Test]
    public void Another_choice_drops_the_lock_file_and_the_same_keeps_it()
    {
        Configure("provider_version: 1.11.1");
        Lock("1.12.0");
        Of("main").Write();
        Assert.That(LockFile, Does.Not.Exist);

        Lock("1.11.1");
        Of("main").Write();
        Assert.That(LockFile, Does.Exist);

        Configure("grid: main");
        Of("main").Write();
        Assert.That((File.Exists(Override), File.Exists(LockFile)), Is.EqualTo((false, false)));
    }

    [TestCase("1.11.0", true)]
    [TestCase("1.11.1", true)]
    [TestCase("1.12.3", true)]
    [TestCase("1.11.2-dev", true)]
    [TestCase("1.10.0", false)]
    [TestCase("2.0.0", false)]
    public void A_release_that_is_not_known_to_work_is_refused_by_its_name(string version, bool works)
    {
        Lock(version);

        if (works)
        {
            Assert.That(Of("main").Check, Throws.Nothing);
            return;
        }

        DiagnosticException refused = Assert.Throws<DiagnosticException>(Of("main").Check)!;
        Assert.That((refused.ExitCode, refused.Diagnostics[0].Code), Is.EqualTo((ExitCode.Infrastructure, "TFC0419")));
        Assert.That(refused.Message, Does.Contain($"threefoldtech/grid {version} from registry.terraform.io was chosen"));
        Assert.That(refused.Diagnostics[0].Remedy, Does.Contain($"provider_version: {{main: {version}}}"));

        Configure($"provider_version: {{main: {version}}}");
        Assert.That(Of("main").Check, Throws.Nothing, "the user chose it");
        Configure("grid: main");
        Assert.That(Of("local").Check, Throws.Nothing, "there is one release only");
    }

    [TestCase("provider_version: newest")]
    [TestCase("provider_version: '1.11\"; x'")]
    [TestCase("provider_version: {main: [1]}")]
    public void What_is_no_version_is_refused(string config)
    {
        Configure(config);

        Assert.That(() => UserConfig.Load(_machine.Home.Path), Throws.TypeOf<DiagnosticException>());
    }

    private ProviderChoice Of(string grid) => new(
        _machine.Here, UserConfig.Load(_machine.Home.Path).ProviderVersions, GridName.Parse(grid), _folder);

    private void Configure(string text) => File.WriteAllText(Path.Combine(_machine.Home.Path, UserConfig.FileName), text + "\n");

    private void Lock(string version) => File.WriteAllText(LockFile, $$"""
        # This file is maintained automatically by "terraform init".
        provider "registry.terraform.io/threefoldtech/grid" {
          version     = "{{version}}"
          constraints = ">= 1.11.0"
          hashes = ["h1:x"]
        }
        """);
}
