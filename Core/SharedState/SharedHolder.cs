using TfgridCompose.Core.State;

namespace TfgridCompose.Core.SharedState;

/// <summary>Who is changing a shared deployment.</summary>
public sealed record SharedHolder(string User, string Host, string Home, int ProcessId, string Command, DateTimeOffset Since)
{
    public static SharedHolder Of(LockHolder holder, TfgridHome home) => new(holder.User, holder.Host, home.Path, holder.ProcessId, holder.Command, holder.Since);

    /// <summary>The same user's folder on the same machine.</summary>
    public bool IsSameHome(SharedHolder other) => Host == other.Host && Home == other.Home;

    /// <summary>Whether it has certainly ended: on this machine, and its process is gone or was this home's, whose lock the asker holds.</summary>
    public bool IsDead(SharedHolder asker) => IsSameHome(asker) || (Host == asker.Host && !AsLockHolder().MayLive());

    public override string ToString() => AsLockHolder().ToString();

    private LockHolder AsLockHolder() => new(User, Host, ProcessId, Command, Since);
}
