using CommandLine;

namespace TfgridCompose.Cli.Verbs.Machines;

public sealed class PatternCommandOptions : VerbOptions
{
    [Value(0, MetaName = "COMMAND", HelpText = "the command's name; words after -- are passed on to it")]
    public string? Command { get; set; }

    [Value(1, MetaName = "TARGET", HelpText = "the deployment: an id, a name or an app folder")]
    public string? Target { get; set; }

    [Option("name", MetaValue = "NAME", HelpText = "which of an app's deployments")]
    public string? Name { get; set; }
}
