using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Patterns.Gateway;

/// <summary>What people can ask of the gateway. The program comes with the playbook's role `tool`.</summary>
internal static class GatewayCommands
{
    public const string Tool = "/usr/local/sbin/tfgrid-gateway";

    public static IReadOnlyList<CommandDeclaration> All { get; } =
    [
        Command("backends", "The state of each backend", inStatus: true),
        Command("ssl-status", "Each domain's certificate, or why there is none yet", inStatus: true),
        Command("ssl-setup", "Tries now to get the certificates that are missing"),
        Command("ssl-renew", "Renews certificates that end soon; --force: all of them"),
        Command("drain", "Takes a backend out of service, when its running requests have ended: drain backend2"),
        Command("ready", "Lets a backend serve again, when it is well: ready backend2"),
        Command("reload", "Checks the gateway's configuration and loads it again; no connection is dropped"),
    ];

    /// <summary>For steps around an apply: a deployment whose playbook never ran has no such program, and nothing to drain.</summary>
    public static IReadOnlyList<string> WhereInstalled(params string[] arguments) =>
        ["sh", "-c", "[ ! -e /etc/tfgrid-gateway/config.json ] || exec \"$0\" \"$@\"", Tool, .. arguments];

    private static CommandDeclaration Command(string name, string description, bool inStatus = false) =>
        new() { Name = name, Description = description, Role = Role.Gateway, Command = [Tool, name], InStatus = inStatus };
}
