using CommandLine;

namespace TfgridCompose.Cli.Verbs.Deployments;

public sealed class PsOptions : VerbOptions
{
    [Option("rescan", HelpText = "make the index anew from the deployments' records")]
    public bool Rescan { get; set; }
}
