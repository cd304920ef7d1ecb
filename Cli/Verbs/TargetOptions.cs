using CommandLine;

namespace TfgridCompose.Cli.Verbs;

/// <summary>Options of a verb that works on an existing deployment.</summary>
public class TargetOptions : VerbOptions
{
    [Value(0, MetaName = "TARGET", HelpText = "the deployment: an id, a name or an app folder")]
    public string? Target { get; set; }

    [Option("name", MetaValue = "NAME", HelpText = "which of an app's deployments")]
    public string? Name { get; set; }
}
