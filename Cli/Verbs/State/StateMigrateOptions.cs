using CommandLine;

namespace TfgridCompose.Cli.Verbs.State;

public sealed class StateMigrateOptions : WritingOptions, ITrustingOptions
{
    [Option("to", MetaValue = "PLACE", HelpText = "local: to this machine (default: to the backend in the manifest)")]
    public string? To { get; set; }

    [Option(ITrustingOptions.Option, HelpText = ITrustingOptions.Help)]
    public bool Trust { get; set; }

    [Option("yes", HelpText = "do not ask")]
    public bool Yes { get; set; }
}
