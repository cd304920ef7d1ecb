namespace TfgridCompose.Cli.Verbs;

/// <summary>Options of a verb in which code of an app may act on this computer.</summary>
internal interface ITrustingOptions
{
    public const string Option = "trust";
    public const string Help =
        "agree that the app's own code (a playbook, its own pattern, its state backend) acts on this computer, and remember it";

    bool Trust { get; }
}
