namespace TfgridCompose.Mutants.Runs;

/// <summary>A class of tests, run without a fault.</summary>
internal sealed record Fixture(TestAssembly Assembly, string Name)
{
    /// <summary>False where its process died or hung; it takes no part then.</summary>
    public bool IsWhole { get; init; }

    /// <summary>How many passed.</summary>
    public int Tests { get; init; }

    public double Seconds { get; init; }

    /// <summary>Numbers of the faults.</summary>
    public IReadOnlyList<int> Reached { get; init; } = [];

    /// <summary>Full names of tests that fail without a fault.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];
}
