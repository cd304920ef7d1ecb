using CommandLine;

namespace TfgridCompose.Cli.Verbs.Patterns;

public sealed class PatternFolderOptions : VerbOptions
{
    [Value(0, MetaName = "FOLDER", Required = true, HelpText = "the plugin's folder")]
    public string Folder { get; set; } = "";
}
