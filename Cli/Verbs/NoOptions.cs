namespace TfgridCompose.Cli.Verbs;

public sealed class NoOptions : VerbOptions;
