namespace TfgridCompose.MutantHost;

/// <summary>A line of JSON in the file of events.</summary>
internal sealed record TestEvent
{
    /// <summary>boot, found, begin, start, passed, failed, skipped, end.</summary>
    public required string Kind { get; init; }

    public string Test { get; init; } = "";

    /// <summary>The full name of the test's class.</summary>
    public string Fixture { get; init; } = "";

    public double Seconds { get; init; }

    public string Message { get; init; } = "";
}
