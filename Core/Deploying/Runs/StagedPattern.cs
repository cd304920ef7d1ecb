using TfgridCompose.Core.Foundation.Fingerprints;
using TfgridCompose.Core.Plugins.Loading;
using TfgridCompose.Core.Tools.Variables;

namespace TfgridCompose.Core.Deploying.Runs;

/// <summary>
/// What the pattern gives a run before any machine exists: its files and Terraform variables, with their fingerprints.
/// Created once per run, so that the plan, the apply and the journal use the same values.
/// </summary>
public sealed class StagedPattern
{
    private StagedPattern(PatternFileSet infrastructure, PatternFileSet platform, string variables, string grid)
    {
        Infrastructure = infrastructure;
        Platform = platform;
        Variables = variables;
        InfrastructureInputs = Fingerprint.Of(infrastructure.Inputs, variables, grid);
        PlatformInputs = platform.Inputs;
    }

    /// <summary>The Terraform files.</summary>
    public PatternFileSet Infrastructure { get; }

    /// <summary>The Ansible files.</summary>
    public PatternFileSet Platform { get; }

    /// <summary>The Terraform variables, as JSON. They hold secrets.</summary>
    public string Variables { get; }

    /// <summary>Fingerprint of everything that the infrastructure phase works from.</summary>
    public string InfrastructureInputs { get; }

    /// <summary>Fingerprint of the Ansible files.</summary>
    public string PlatformInputs { get; }

    internal static StagedPattern Of(UpRun run) => new(
        PatternFileSet.Of(run.App.Pattern, "infrastructure"),
        PatternFileSet.Of(run.App.Pattern, "platform"),
        PatternValueJson.Of(run.App.Pattern.Variables(run.VariablesRequest())),
        run.App.Grid.Value);
}
