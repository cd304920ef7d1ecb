using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Patterns.Gateway;

/// <summary>The commands that users can run on the gateway. The playbook's role `tool` installs the program.</summary>
internal static class GatewayCommands
{
    public const string Tool = "/usr/local/sbin/tfgrid-gateway";

    public static IReadOnlyList<CommandDeclaration> All { get; } =
    [
        Command("backends", "Shows the state of each backend", inStatus: true),
        Command("ssl-status", "Shows each domain's certificate, or why there is none yet", inStatus: true),
        Command("ssl-setup", "Tries now to get missing certificates"),
        Command("ssl-renew", "Renews certificates that expire soon, or all of them with --force"),
        Command("drain", "Takes a backend out of service and waits for its running requests: drain backend2"),
        Command("ready", "Puts a backend back into service once it is healthy: ready backend2"),
        Command("reload", "Checks and reloads the gateway's configuration without dropping a request"),
    ];

    /// <summary>For steps before an apply: if the playbook never ran, there is nothing to drain.</summary>
    public static IReadOnlyList<string> WhereInstalled(params string[] arguments) =>
        ["sh", "-c", "[ ! -e /etc/tfgrid-gateway/config.json ] || exec \"$0\" \"$@\"", Tool, .. arguments];

    private static CommandDeclaration Command(string name, string description, bool inStatus = false) => new()
    {
        Name = name,
        Description = description,
        Role = Role.Gateway,
        Command = [Tool, name],
        InStatus = inStatus,
    };
}
