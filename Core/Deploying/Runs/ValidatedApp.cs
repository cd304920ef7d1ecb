using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Manifests.Values;
using TfgridCompose.Core.Tools.Apps;
using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Core.Tools.Ssh;
using TfgridCompose.Core.Tools.Terraform;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Deploying.Runs;

/// <summary>A request in which nothing is wrong that can be known before machines exist.</summary>
public sealed record ValidatedApp
{
    public required Manifest Manifest { get; init; }

    public required IPattern Pattern { get; init; }

    /// <summary>Options and commands, from the descriptor: what listings show is what is used.</summary>
    public required PatternDeclaration Declaration { get; init; }

    public required string PatternName { get; init; }

    public required string PatternVersion { get; init; }

    public required PatternOptions Options { get; init; }

    public required IReadOnlyList<AssignedHost> Hosts { get; init; }

    public required IReadOnlyList<EnvironmentValue> Environment { get; init; }

    /// <summary>
    /// The files that travel, as they were before the copy: an edit during the run counts as a change for the next one.
    /// </summary>
    public required AppFiles Files { get; init; }

    public required SshKeys SshKeys { get; init; }

    public required GridName Grid { get; init; }

    public required TerraformTool Terraform { get; init; }

    public SecretText? Mnemonic { get; init; }

    /// <summary>What the manifest's <c>status</c> says must answer, on each host that carries the app.</summary>
    public IReadOnlyList<VerificationCheck> AppChecks(IReadOnlyList<string> appHosts) =>
    [
        .. appHosts.SelectMany(host => Manifest.Checks.Select(check => (VerificationCheck)(check switch
        {
            AppServiceCheck service => new CommandCheck(host, ["systemctl", "is-active", "--quiet", service.Service]),
            AppHttpCheck http => new HttpCheck(host, http.Port, http.Path, http.ExpectedStatus),
            _ => throw new InvalidOperationException($"unknown check {check.GetType().Name}"),
        }))),
    ];

    /// <summary>From here on nothing that is logged or shown holds its secrets.</summary>
    public void MaskSecrets(SecretMask mask)
    {
        if (Mnemonic is { } mnemonic)
        {
            mask.Add(mnemonic.Reveal());
        }

        foreach (EnvironmentValue secret in Environment.Where(value => value.IsSecret))
        {
            mask.Add(secret.Value.Reveal());
        }
    }
}
