namespace TfgridCompose.Mutants.Runs;

/// <summary>What became of a fault.</summary>
internal sealed record Verdict(int Number)
{
    public bool IsKilled { get; init; }

    /// <summary>The test that found it, with what it said.</summary>
    public string By { get; init; } = "";

    /// <summary>How many tests ran with it, in the fixtures that reach it.</summary>
    public int Tests { get; init; }

    /// <summary>Tests that failed once with the fault and then not, or without it too.</summary>
    public IReadOnlyList<string> Unsteady { get; init; } = [];

    public double Seconds { get; init; }
}
