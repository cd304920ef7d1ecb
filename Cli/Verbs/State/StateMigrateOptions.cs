using CommandLine;

namespace TfgridCompose.Cli.Verbs.State;

public sealed class StateMigrateOptions : WritingOptions
{
    [Option("to", MetaValue = "PLACE", HelpText = "local: to this machine; without it, to where the manifest says")]
    public string? To { get; set; }

    [Option("yes", HelpText = "do not ask")]
    public bool Yes { get; set; }
}
