using CommandLine;

namespace TfgridCompose.Cli.Verbs.Deployments;

public sealed class PsOptions : VerbOptions
{
    [Option("rescan", HelpText = "rebuild the index from the deployments' records")]
    public bool Rescan { get; set; }
}
