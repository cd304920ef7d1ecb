namespace TfgridCompose.Cli.Verbs;

/// <summary>Problems of the command line.</summary>
public static class CliCodes
{
    public const string UnknownVerb = "TFC0101";
    public const string UnknownOption = "TFC0102";
    public const string BadArguments = "TFC0103";
    public const string NeedsConfirmation = "TFC0104";
    public const string NoApp = "TFC0105";
    public const string UnknownCommand = "TFC0106";
    public const string LosesData = "TFC0107";
}
