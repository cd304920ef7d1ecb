namespace TfgridCompose.MutantHost;

/// <summary>Which tests of an assembly to run. Without fixtures and tests: none, only list them.</summary>
internal sealed record TestRequest
{
    /// <summary>Full names of classes.</summary>
    public IReadOnlyList<string> Fixtures { get; init; } = [];

    /// <summary>Full names of single tests.</summary>
    public IReadOnlyList<string> Tests { get; init; } = [];

    /// <summary>Full names of tests that do not run.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>Categories that do not run.</summary>
    public IReadOnlyList<string> LeftOutCategories { get; init; } = [];
}
