using CommandLine;

namespace TfgridCompose.Cli.Verbs.Deploying;

/// <summary>The options of <c>plan</c>, which <c>up</c> has too.</summary>
public class PlanOptions : VerbOptions, ITrustingOptions
{
    private const string AppHelp =
        "the app's folder, or a deployment's id or name "
        + "(default: the app that .tfgrid-compose.yaml names, this folder, or the selected deployment's app)";

    [Value(0, MetaName = "APP", HelpText = AppHelp)]
    public string? App { get; set; }

    [Option("name", MetaValue = "NAME", HelpText = "the deployment's name; needed for a second deployment of the same app")]
    public string? Name { get; set; }

    [Option("ssh-key", MetaValue = "PATH", HelpText = "the SSH key for logins: its private or its public file (default ~/.ssh/id_*.pub)")]
    public string? SshKey { get; set; }

    [Option("env", MetaValue = "K=V", HelpText = "a value for the app's hooks; K alone takes it from the environment; may be repeated")]
    public IEnumerable<string> Env { get; set; } = [];

    [Option("env-file", MetaValue = "PATH", HelpText = "a file with such values; may be repeated")]
    public IEnumerable<string> EnvFile { get; set; } = [];

    [Option("from", MetaValue = "PHASE", HelpText = "run this phase and all later ones, but none before it")]
    public string? From { get; set; }

    [Option("only", MetaValue = "PHASE", HelpText = "run only this phase")]
    public string? Only { get; set; }

    [Option("fresh", HelpText = "run every phase as if for the first time; machines that match the request are kept")]
    public bool Fresh { get; set; }

    [Option("leave-node", MetaValue = "NODE", HelpText = "make the machines of this node anew on others; it is not asked; may be repeated")]
    public IEnumerable<int> LeaveNode { get; set; } = [];

    [Option(ITrustingOptions.Option, HelpText = ITrustingOptions.Help)]
    public bool Trust { get; set; }

    [Option("detailed-exitcode", HelpText = "plan and --dry-run: exit with 10 if there are changes, 0 if there are none")]
    public bool DetailedExitCode { get; set; }
}
