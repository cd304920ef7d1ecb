using CommandLine;

namespace TfgridCompose.Cli.Verbs.ThisMachine;

public sealed class DoctorOptions : VerbOptions
{
    [Value(0, MetaName = "APP", HelpText = "an app whose manifest names a state backend; without it, the context's or this folder's")]
    public string? App { get; set; }
}
