using System.Globalization;
using TfgridCompose.Mutants.Planting;
using TfgridCompose.Mutants.Runs;

namespace TfgridCompose.Mutants;

/// <summary>The survivors, a table, and the figure in the last line.</summary>
internal sealed class Report(IReadOnlyList<PlantedFault> faults, IReadOnlyDictionary<string, int> rejected, IReadOnlyList<Verdict> verdicts)
{
    private const int LongestText = 200;
    private readonly Dictionary<int, Verdict> _verdicts = verdicts.ToDictionary(each => each.Number);

    public int Percent => faults.Count == 0 ? 0 : (int)Math.Round(100.0 * Killed(faults) / faults.Count);

    public IEnumerable<string> Lines()
    {
        yield return "";
        yield return "survivors:";
        foreach (PlantedFault fault in faults.Where(each => !IsKilled(each))
            .OrderBy(each => each.File, StringComparer.Ordinal).ThenBy(each => each.Line))
        {
            foreach (string line in Describe(fault))
            {
                yield return line;
            }
        }

        yield return "";
        yield return $"{"project",-20}{"planted",10}{"killed",10}{"survived",10}{"did not compile",18}";
        foreach (string project in Settings.Product)
        {
            PlantedFault[] own = [.. faults.Where(each => each.Project == project)];
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{project,-20}{own.Length,10}{Killed(own),10}{own.Length - Killed(own),10}{rejected.GetValueOrDefault(project),18}");
        }

        yield return "";
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{faults.Count} planted, {Killed(faults)} killed ({Percent} %), {faults.Count - Killed(faults)} survived");
    }

    private IEnumerable<string> Describe(PlantedFault fault)
    {
        Verdict verdict = _verdicts[fault.Number];
        string tests = verdict.Tests == 0 ? "no quick test reaches it"
            : string.Create(CultureInfo.InvariantCulture, $"{verdict.Tests} tests passed");
        yield return string.Create(CultureInfo.InvariantCulture,
            $"  {fault.File}:{fault.Line} (fault {fault.Number}, {fault.Kind}; {tests})");
        yield return $"    - {Short(fault.Original)}";
        yield return $"    + {Short(fault.Changed)}";
    }

    private int Killed(IEnumerable<PlantedFault> all) => all.Count(IsKilled);

    private bool IsKilled(PlantedFault fault) => _verdicts[fault.Number].IsKilled;

    private static string Short(string text)
    {
        string line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length > LongestText ? $"{line[..LongestText]}..." : line;
    }
}
