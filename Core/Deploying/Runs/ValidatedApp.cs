using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Manifests.Options;
using TfgridCompose.Core.Manifests.Values;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Apps;
using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Core.Tools.Ssh;
using TfgridCompose.Core.Tools.Terraform;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Deploying.Runs;

/// <summary>A request in which nothing is wrong that can be known before machines exist.</summary>
public sealed record ValidatedApp
{
    private const int DefaultPort = 80;
    private const int Ssh = 22;

    public required Manifest Manifest { get; init; }

    public required IPattern Pattern { get; init; }

    /// <summary>Options and commands, from the descriptor: what listings show is what is used.</summary>
    public required PatternDeclaration Declaration { get; init; }

    public required string PatternName { get; init; }

    public required string PatternVersion { get; init; }

    public required PatternOptions Options { get; init; }

    /// <summary>Where in the manifest each option's value is.</summary>
    public IReadOnlyList<BoundOption> OptionOrigins { get; init; } = [];

    public required IReadOnlyList<AssignedHost> Hosts { get; init; }

    public required IReadOnlyList<EnvironmentValue> Environment { get; init; }

    /// <summary>
    /// The files that are copied, as they were before the copy: an edit during the run counts as a change for the next one.
    /// </summary>
    public required AppFiles Files { get; init; }

    /// <summary>The app's own playbook with what it can read, as the user agreed to it; null if it has none.</summary>
    public PlaybookFiles? Playbook { get; init; }

    public required SshKeys SshKeys { get; init; }

    public required GridName Grid { get; init; }

    public required TerraformTool Terraform { get; init; }

    /// <summary>The user's constraints on the grid's provider: <c>provider_version</c> of <c>config.yaml</c>.</summary>
    public IReadOnlyDictionary<string, string> ProviderVersions { get; init; } = new Dictionary<string, string>();

    public SecretText? Mnemonic { get; init; }

    /// <summary>The pattern's commands, as the record holds them.</summary>
    public IReadOnlyList<RecordedCommand> RecordedCommands => [.. Declaration.Commands.Select(RecordedCommand.Of)];

    /// <summary>The values of secret variables.</summary>
    public IEnumerable<string> Secrets =>
        Environment.Where(value => value.IsSecret).Select(value => value.Value.Reveal());

    /// <summary>What the manifest's <c>status</c> says must answer, on each host that carries the app.</summary>
    /// <param name="appHosts">The names of those hosts.</param>
    /// <param name="facts">What the pattern needs in order to know the app's port.</param>
    public IReadOnlyList<VerificationCheck> AppChecks(IReadOnlyList<string> appHosts, DeploymentFacts facts)
    {
        // The pattern knows better than a name: the app's port behind a gateway need not be the public one.
        int port = Pattern.AppPort(facts)
            ?? Manifest.Ports.FirstOrDefault(each => each.Name == "http")?.Number
            ?? (Manifest.Ports is [{ Name: "", Number: not Ssh } only] ? only.Number : DefaultPort);
        return
        [
            .. appHosts.SelectMany(host => Manifest.Checks.Select(check => (VerificationCheck)(check switch
            {
                AppServiceCheck service =>
                    new CommandCheck(host, ["systemctl", "is-active", "--quiet", service.Service]),
                AppHttpCheck http => new HttpCheck(host, http.Port ?? port, http.Path, http.ExpectedStatus),
                _ => throw new InvalidOperationException($"unknown check {check.GetType().Name}"),
            }))),
        ];
    }

    /// <summary>Masks the app's secrets in everything that is logged or shown from here on.</summary>
    public void MaskSecrets(SecretMask mask)
    {
        if (Mnemonic is { } mnemonic)
        {
            mask.Add(mnemonic.Reveal());
        }

        foreach (string secret in Secrets)
        {
            mask.Add(secret);
        }
    }
}
