using CommandLine;
using TfgridCompose.Cli.Dispatch;

namespace TfgridCompose.Cli.Verbs;

public sealed class UpOptions : VerbOptions, ILockingOptions
{
    [Value(0, MetaName = "APP", HelpText = "the app's folder, or a deployment's id or name; without it, .tfgrid-compose.yaml's app, the current folder, or the selected deployment's app")]
    public string? App { get; set; }

    [Option("name", MetaValue = "NAME", HelpText = "the deployment's name; a second deployment of one app needs one")]
    public string? Name { get; set; }

    [Option("ssh-key", MetaValue = "PATH", HelpText = "the key that may log in, either half; without it, ~/.ssh/id_*.pub")]
    public string? SshKey { get; set; }

    [Option("env", MetaValue = "K=V", HelpText = "a value for the app's hooks; K alone takes it from the process; may be repeated")]
    public IEnumerable<string> Env { get; set; } = [];

    [Option("env-file", MetaValue = "PATH", HelpText = "a file of such values; may be repeated")]
    public IEnumerable<string> EnvFile { get; set; } = [];

    [Option("wait-limit", MetaValue = "SECONDS", Default = 300, HelpText = "how long to wait for the machines, 1 to 3600 (default 300)")]
    public int WaitLimit { get; set; }

    [Option(LockTimeouts.Option, MetaValue = LockTimeouts.Meta, HelpText = LockTimeouts.Help)]
    public int LockTimeout { get; set; }
}
