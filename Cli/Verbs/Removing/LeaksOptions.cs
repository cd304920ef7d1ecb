using CommandLine;

namespace TfgridCompose.Cli.Verbs.Removing;

public sealed class LeaksOptions : VerbOptions
{
    [Value(0, MetaName = "ID", HelpText = "with --clean: the deployments to clean up, also foreign ones (default: all of yours)")]
    public IEnumerable<string> Ids { get; set; } = [];

    [Option("clean", HelpText = "cancel and remove what is listed, then verify that it is gone")]
    public bool Clean { get; set; }

    [Option("yes", HelpText = "do not ask")]
    public bool Yes { get; set; }

    [Option("detailed-exitcode", HelpText = "exit with 10 if something is listed")]
    public bool DetailedExitCode { get; set; }
}
