using CommandLine;

namespace TfgridCompose.Cli.Verbs.Trust;

public sealed class TrustRevokeOptions : VerbOptions
{
    [Value(0, MetaName = "APP", HelpText = "the app's folder")]
    public string? App { get; set; }

    [Option("all", HelpText = "every app")]
    public bool All { get; set; }
}
