using System.Globalization;
using System.Text;

namespace TfgridCompose.Tests.Shared.Attack;

/// <summary>What became of the inputs of each kind.</summary>
internal sealed class AttackCounts
{
    private readonly SortedDictionary<string, SortedDictionary<string, int>> _rows = new(StringComparer.Ordinal);

    public int Total => _rows.Values.Sum(row => row.Values.Sum());

    public int Of(string outcome) => _rows.Values.Sum(row => row.GetValueOrDefault(outcome));

    /// <summary>The outcomes of one kind.</summary>
    public IEnumerable<string> OutcomesOf(string kind) => _rows.TryGetValue(kind, out SortedDictionary<string, int>? row) ? row.Keys : [];

    public void Add(string kind, string outcome)
    {
        if (!_rows.TryGetValue(kind, out SortedDictionary<string, int>? row))
        {
            _rows[kind] = row = new(StringComparer.Ordinal);
        }

        row[outcome] = row.GetValueOrDefault(outcome) + 1;
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach ((string kind, SortedDictionary<string, int> row) in _rows)
        {
            int accepted = row.GetValueOrDefault(AttackTarget.Accepted);
            text.Append(CultureInfo.InvariantCulture, $"  {kind,-28} {AttackTarget.Accepted} {accepted,5}  ");
            IEnumerable<string> others = row.Where(cell => cell.Key != AttackTarget.Accepted).Select(cell => $"{cell.Key} {cell.Value}");
            text.AppendJoin("  ", others).Append('\n');
        }

        return text.ToString();
    }
}
