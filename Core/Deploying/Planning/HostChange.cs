namespace TfgridCompose.Core.Deploying.Planning;

/// <summary>What the infrastructure's plan does to one machine.</summary>
/// <param name="Host">The host's name.</param>
/// <param name="Action">What happens to it.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record HostChange(string Host, HostAction Action, string Reason)
{
    /// <summary>
    /// Whether data on the machine is lost. False if there is none: the machine does not exist, or nobody ever logged in to
    /// it.
    /// </summary>
    public bool LosesData { get; init; }
}

public enum HostAction
{
    Create,

    /// <summary>Replaced: a new root file system and a new host key.</summary>
    Replace,

    Remove,
}
