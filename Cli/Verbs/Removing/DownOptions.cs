using CommandLine;

namespace TfgridCompose.Cli.Verbs.Removing;

public sealed class DownOptions : WritingOptions
{
    [Option("yes", HelpText = "do not ask")]
    public bool Yes { get; set; }

    [Option("unverified", HelpText = "end on Terraform's word alone, without asking a paid grid whether anything is left")]
    public bool Unverified { get; set; }
}
