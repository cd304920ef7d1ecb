namespace TfgridCompose.Core.Tools.Checks;

/// <summary>What the machine has said so far about the port of a check that is tried again and again.</summary>
internal sealed class PortWatch(TimeProvider clock, TimeSpan lastingAfter)
{
    private long _since;

    /// <summary>What was seen last; null if nothing explains the failure.</summary>
    public PortFinding? Seen { get; private set; }

    /// <summary>Whether waiting may be pointless; the port is then looked at more often.</summary>
    public bool IsLasting => Seen is { IsLasting: true };

    /// <summary>Whether the same was seen for so long that waiting is pointless.</summary>
    public bool WillNotChange { get; private set; }

    /// <summary>Looks after a failed attempt.</summary>
    public async Task LookAsync(CheckAttempt attempt, CancellationToken cancellation)
    {
        PortFinding? now = attempt.Ssh is { } ssh
            ? await PortLook.AtAsync(ssh, ssh.Connection.Address, attempt.Port, cancellation)
            : null;
        if (now != Seen)
        {
            (Seen, _since) = (now, clock.GetTimestamp());
        }

        WillNotChange = IsLasting && clock.GetElapsedTime(_since) >= lastingAfter;
    }
}
