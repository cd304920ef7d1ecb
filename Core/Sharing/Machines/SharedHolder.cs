using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Locks;

namespace TfgridCompose.Core.Sharing.Machines;

/// <summary>Who is changing a shared deployment.</summary>
public sealed record SharedHolder(
    string User,
    string Host,
    string Home,
    int ProcessId,
    string Command,
    DateTimeOffset Since,
    string? HomeId = null,
    string? Machine = null)
{
    public static SharedHolder Of(LockHolder holder, TfgridHome home) => new(
        holder.User,
        holder.Host,
        home.Path,
        holder.ProcessId,
        holder.Command,
        holder.Since,
        MachineIdentity.OfHome(home),
        MachineIdentity.Here);

    /// <summary>Whether both can be on the same machine: two machines may have the same name.</summary>
    public bool IsSameMachine(SharedHolder other) => Host == other.Host && MachineIdentity.May(Machine, other.Machine);

    /// <summary>The same user's folder on the same machine.</summary>
    public bool IsSameHome(SharedHolder other) =>
        IsSameMachine(other) && Home == other.Home && MachineIdentity.May(HomeId, other.HomeId);

    /// <summary>
    /// Whether it has certainly ended: it is of this home, whose lock the asker holds, or it is on this machine and its
    /// process is gone.
    /// </summary>
    public bool IsDead(SharedHolder asker) => IsSameHome(asker) || (IsSameMachine(asker) && !AsLockHolder().MayLive());

    public override string ToString() => AsLockHolder().ToString();

    public LockHolder AsLockHolder() => new(User, Host, ProcessId, Command, Since);
}
