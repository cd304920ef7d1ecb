using CommandLine;

namespace TfgridCompose.Cli.Verbs.Authoring;

public sealed class PatternsNewOptions : VerbOptions
{
    [Value(0, MetaName = "NAME", Required = true, HelpText = "the project's name, for example Acme.Wiki")]
    public string Project { get; set; } = "";

    [Option("directory", MetaValue = "DIR", HelpText = "where to write (default: a new folder NAME)")]
    public string? Directory { get; set; }

    [Option("pattern-name", MetaValue = "PATTERN", HelpText = "the pattern's name (default: the last part of NAME: wiki)")]
    public string? PatternName { get; set; }

    [Option("kind", MetaValue = "KIND", Default = "csharp", HelpText = "csharp (default), or folder: a pattern without code")]
    public string Kind { get; set; } = "csharp";
}
