using CommandLine;

namespace TfgridCompose.Cli.Verbs.ThisMachine;

public sealed class ResetOptions : VerbOptions
{
    [Option("yes", HelpText = "do not ask")]
    public bool Yes { get; set; }

    [Option("all", HelpText = "remove the base image and the caches too")]
    public bool All { get; set; }
}
