namespace TfgridCompose.Core.Deploying.Planning;

/// <summary>What the infrastructure's plan does to one machine.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Action">What happens to it.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record HostChange(string Host, HostAction Action, string Reason);

public enum HostAction
{
    Create,

    /// <summary>Replaced: a new root file system and a new host key.</summary>
    Replace,

    Remove,
}
