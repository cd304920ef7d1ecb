using CommandLine;

namespace TfgridCompose.Cli.Verbs.Authoring;

public sealed class PatternsPackOptions : VerbOptions
{
    [Value(0, MetaName = "FOLDER", Required = true, HelpText = "the folder that holds pattern.yaml")]
    public string Folder { get; set; } = "";

    [Option("to", MetaValue = "DIR", HelpText = "where the package goes (default: the current folder)")]
    public string To { get; set; } = ".";

    [Option("package-id", MetaValue = "ID", HelpText = "the package's id (default: TfgridPattern.MyMachine for my-machine)")]
    public string? PackageId { get; set; }

    [Option("author", MetaValue = "NAME", HelpText = "the author (default: the one in pattern.yaml, else the pattern's name)")]
    public string? Author { get; set; }
}
