using CommandLine;

namespace TfgridCompose.Cli.Verbs.Removing;

public sealed class DownOptions : WritingOptions
{
    [Option("yes", HelpText = "do not ask")]
    public bool Yes { get; set; }

    [Option("unverified", HelpText = "trust Terraform, and do not ask the paid grid whether anything is left")]
    public bool Unverified { get; set; }
}
