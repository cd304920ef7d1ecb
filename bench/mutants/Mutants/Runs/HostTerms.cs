namespace TfgridCompose.Mutants.Runs;

/// <summary>How tests run.</summary>
internal sealed record HostTerms
{
    /// <summary>The number of the fault that is on; 0 for none.</summary>
    public int Fault { get; init; }

    /// <summary>Where reached faults are noted; nowhere where it is empty.</summary>
    public string Hits { get; init; } = "";

    /// <summary>How long no test may start or end before the process is ended.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMinutes(5);

    public bool StopsAtFailure { get; init; }
}
