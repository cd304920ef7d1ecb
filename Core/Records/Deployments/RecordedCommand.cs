using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Records.Deployments;

/// <summary>
/// A command that the pattern declared, recorded so that it runs without the plugin, the manifest and the app folder.
/// </summary>
public sealed record RecordedCommand
{
    public required string Name { get; init; }

    public string Description { get; set; } = "";

    /// <summary>
    /// It runs on the first host of this role, in the outputs' order, that has accepted an SSH login before.
    /// </summary>
    public required string Role { get; init; }

    /// <summary>Program and fixed arguments.</summary>
    public IReadOnlyList<string> Command { get; set; } = [];

    /// <summary>Whether <c>status</c> runs it too.</summary>
    public bool InStatus { get; set; }

    public static RecordedCommand Of(CommandDeclaration command) => new()
    {
        Name = command.Name,
        Description = command.Description,
        Role = command.Role,
        Command = command.Command,
        InStatus = command.InStatus,
    };

    /// <summary>The host that it runs on, or null if no host of its role has accepted an SSH login yet.</summary>
    public RecordedHost? HostIn(DeploymentRecord record) =>
        record.Hosts.FirstOrDefault(host => host.Role == Role && host.SshAddress is not null);
}
