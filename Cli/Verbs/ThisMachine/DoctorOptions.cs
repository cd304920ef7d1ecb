using CommandLine;

namespace TfgridCompose.Cli.Verbs.ThisMachine;

public sealed class DoctorOptions : VerbOptions
{
    [Value(
        0,
        MetaName = "APP",
        HelpText = "the app whose state backend is checked too (default: .tfgrid-compose.yaml's app, or this folder)")]
    public string? App { get; set; }
}
