using System.Text.Json;
using System.Text.RegularExpressions;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tools.Grid;

namespace TfgridCompose.Core.Tools.Terraform;

/// <summary>
/// Which release of threefoldtech/grid a deployment on a paid grid uses: the pattern's range, or the user's own from
/// <c>config.yaml</c>; and what the registry made of it. ADR 19.
/// </summary>
/// <param name="here">For the path of the user's configuration.</param>
/// <param name="versions">The user's constraints: <see cref="UserConfig.ProviderVersions"/>.</param>
/// <param name="grid">The deployment's grid.</param>
/// <param name="folder">The deployment's folder.</param>
public sealed partial class ProviderChoice(
    Surroundings here, IReadOnlyDictionary<string, string> versions, GridName grid, DeploymentFolder folder)
{
    private const string Source = "threefoldtech/grid";

    // Terraform merges a file with this end into the pattern's own blocks, provider by provider.
    internal const string FileName = "tfgrid_compose_provider_override.tf.json";

    private static readonly Version First = new(1, 11);
    private static readonly Version Beyond = new(2, 0);

    private string File => Path.Combine(folder.Terraform, FileName);

    /// <summary>The user's constraint, or null.</summary>
    public string? Chosen => grid.IsLocal ? null : versions.GetValueOrDefault(grid.Value) ?? versions.GetValueOrDefault("");

    /// <summary>Writes the user's constraint beside the pattern's files, or removes an earlier one.</summary>
    public void Write()
    {
        string? before = System.IO.File.Exists(File) ? PlainFile.ReadText(File) : null;
        string? now = Chosen is { } version ? Override(version) : null;
        if (before == now)
        {
            return;
        }

        // The lock file holds the release that the other constraint chose, and init refuses one that does not fit.
        System.IO.File.Delete(LockOf(folder));
        System.IO.File.Delete(File);
        if (now is not null)
        {
            PrivateFile.Write(File, now);
        }
    }

    private static string Override(string version) => JsonSerializer.Serialize(new
    {
        terraform = new { required_providers = new { grid = new { source = Source, version } } },
    });

    /// <summary>After init: refuses a release that is not known to work, unless the user chose it.</summary>
    public void Check()
    {
        if (grid.IsLocal || Chosen is not null || Resolved(folder) is not { } resolved || IsKnown(resolved.Version))
        {
            return;
        }

        throw new DiagnosticException(
            ExitCode.Infrastructure,
            TerraformCodes.ProviderUnknown,
            $"{resolved} was chosen for the provider, and tfgrid-compose works with {First} and later before {Beyond}.",
            $"ask for `version = \">= {First}, < 2\"` in the pattern's required_providers; or choose a release yourself, with "
                + $"`provider_version: {{{grid}: {resolved.Version}}}` in {Path.Combine(here.Home.Path, UserConfig.FileName)}");
    }

    /// <summary>What init wrote into the lock file, or null.</summary>
    public static ResolvedProvider? Resolved(DeploymentFolder folder)
    {
        string file = LockOf(folder);
        Match match = System.IO.File.Exists(file) ? Locked().Match(PlainFile.ReadText(file)) : Match.Empty;
        return match.Success ? new ResolvedProvider(match.Groups["registry"].Value, match.Groups["version"].Value) : null;
    }

    private static string LockOf(DeploymentFolder folder) => Path.Combine(folder.Terraform, ".terraform.lock.hcl");

    // A prerelease counts as its release.
    private static bool IsKnown(string version) =>
        Version.TryParse(version.Split('-')[0], out Version? number) && number >= First && number < Beyond;

    [GeneratedRegex(@"provider ""(?<registry>[^""/]+)/threefoldtech/grid""\s*\{\s*version\s*=\s*""(?<version>[0-9A-Za-z.+-]+)""")]
    private static partial Regex Locked();
}
