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
    public int Workers { get; init; } = Number("TFC_MUTANTS_WORKERS", 1, 100) ?? Math.Min(2, Environment.ProcessorCount);

    /// <summary>After this time no fixture and no fault is begun.</summary>
    public TimeSpan? Limit { get; init; } =
        Number("TFC_MUTANTS_SECONDS", 1, 1_000_000) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>Numbers of the faults to try; all where it is empty.</summary>
    public IReadOnlyList<int> Only { get; init; } =
        [.. Words("TFC_MUTANTS_ONLY").Select(each => Number("TFC_MUTANTS_ONLY", each, 1, Count))];

    public string Work => Path.Combine(Repository, "artifacts", "mutants");

    /// <summary>The copy of the repository in which all happens.</summary>
    public string Tree => In("tree");

    public string In(string name) => Path.Combine(Work, name);

    private static int? Number(string variable, int least, int most) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? Number(variable, text, least, most) : null;

    private static int Number(string variable, string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw new SettingsException(FormattableString.Invariant($"{variable}: \"{text}\" is not a number from {least} to {most}"));

    private static string[] Words(string variable) =>
        (Environment.GetEnvironmentVariable(variable) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
