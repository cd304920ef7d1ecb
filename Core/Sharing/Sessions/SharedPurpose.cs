namespace TfgridCompose.Core.Sharing.Sessions;

/// <summary>What a verb opens a shared deployment for.</summary>
public enum SharedPurpose
{
    /// <summary><c>up</c>: changes it as a manifest says, which must name the place of the state.</summary>
    Deploy,

    /// <summary><c>attach</c>: only fetches what a manifest names, even while another machine works on it.</summary>
    Attach,

    /// <summary>
    /// <c>down</c>, <c>state push</c>, <c>state restore</c>: works from this machine's copy, even if the backend has lost the
    /// record.
    /// </summary>
    UseCopy,

    /// <summary><c>state migrate</c>: the place that the state leaves.</summary>
    MoveFrom,

    /// <summary><c>state migrate</c>: the place that the state goes to, which must hold no deployment.</summary>
    MoveTo,
}
