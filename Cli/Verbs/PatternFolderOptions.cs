using CommandLine;
using TfgridCompose.Cli.Dispatch;

namespace TfgridCompose.Cli.Verbs;

public sealed class PatternFolderOptions : VerbOptions
{
    [Value(0, MetaName = "FOLDER", Required = true, HelpText = "the plugin's folder")]
    public string Folder { get; set; } = "";
}
