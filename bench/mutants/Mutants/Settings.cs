using System.Globalization;

namespace TfgridCompose.Mutants;

/// <summary>What was asked for, and where things are.</summary>
internal sealed record Settings(string Repository, int Count, int Seed)
{
    /// <summary>The projects that get faults.</summary>
    public static IReadOnlyList<string> Product { get; } =
        ["Core", "Cli", "LocalGrid", "Patterns.Sdk", "Patterns.Gateway", "Patterns.SingleVm"];

    /// <summary>What `test.sh --quick` leaves out.</summary>
    public static IReadOnlyList<string> LeftOutCategories { get; } = ["Machines", "Slow"];

    /// <summary>Test processes at a time.</summary>
    public int Workers { get; init; } = Number("TFC_MUTANTS_WORKERS") ?? Math.Min(2, Environment.ProcessorCount);

    /// <summary>After this time no fixture and no fault is begun.</summary>
    public TimeSpan? Limit { get; init; } = Number("TFC_MUTANTS_SECONDS") is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>Numbers of the faults to try; all where it is empty.</summary>
    public IReadOnlyList<int> Only { get; init; } =
        [.. Words("TFC_MUTANTS_ONLY").Select(each => int.Parse(each, CultureInfo.InvariantCulture))];

    public string Work => Path.Combine(Repository, "artifacts", "mutants");

    /// <summary>The copy of the repository in which all happens.</summary>
    public string Tree => In("tree");

    public string In(string name) => Path.Combine(Work, name);

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private static string[] Words(string variable) =>
        (Environment.GetEnvironmentVariable(variable) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
