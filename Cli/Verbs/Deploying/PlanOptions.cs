using CommandLine;

namespace TfgridCompose.Cli.Verbs.Deploying;

/// <summary>What <c>plan</c> takes; <c>up</c> takes it too.</summary>
public class PlanOptions : VerbOptions
{
    [Value(
        0,
        MetaName = "APP",
        HelpText = "the app's folder, or a deployment's id or name; without it, .tfgrid-compose.yaml's app, the "
            + "current folder, or the selected deployment's app")]
    public string? App { get; set; }

    [Option("name", MetaValue = "NAME", HelpText = "the deployment's name; a second deployment of one app needs one")]
    public string? Name { get; set; }

    [Option("ssh-key", MetaValue = "PATH", HelpText = "the key that may log in, either half; without it, ~/.ssh/id_*.pub")]
    public string? SshKey { get; set; }

    [Option("env", MetaValue = "K=V", HelpText = "a value for the app's hooks; K alone takes it from the process; may be repeated")]
    public IEnumerable<string> Env { get; set; } = [];

    [Option("env-file", MetaValue = "PATH", HelpText = "a file of such values; may be repeated")]
    public IEnumerable<string> EnvFile { get; set; } = [];

    [Option("from", MetaValue = "PHASE", HelpText = "run this phase and all after it, and none before it")]
    public string? From { get; set; }

    [Option("only", MetaValue = "PHASE", HelpText = "run this phase alone")]
    public string? Only { get; set; }

    [Option("fresh", HelpText = "run every phase as if for the first time; machines that are as asked stay")]
    public bool Fresh { get; set; }

    [Option("detailed-exitcode", HelpText = "plan and --dry-run: 0 nothing to do, 10 there are changes")]
    public bool DetailedExitCode { get; set; }
}
