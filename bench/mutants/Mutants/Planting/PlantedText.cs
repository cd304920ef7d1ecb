using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using TfgridCompose.Mutants.Faults;

namespace TfgridCompose.Mutants.Planting;

/// <summary>A file's text with its faults in it.</summary>
internal sealed class PlantedText
{
    // Start in the new text, start in the original, length in the new text of what a fault wrote.
    private readonly List<(int New, int Old, int Length)> _pieces = [];

    private PlantedText(IReadOnlyList<Choice> faults) => Faults = faults;

    public string Text { get; private set; } = "";

    public IReadOnlyList<Choice> Faults { get; }

    public static PlantedText Of(SyntaxTree file, IReadOnlyList<(Choice Choice, int Number)> faults)
    {
        var planted = new PlantedText([.. faults.Select(each => each.Choice)]);
        string original = file.GetText().ToString();
        var text = new StringBuilder();
        int copied = 0;
        foreach ((Choice choice, int number) in faults.OrderBy(each => each.Choice.Candidate.Span.Start))
        {
            Candidate candidate = choice.Candidate;
            text.Append(original, copied, candidate.Span.Start - copied);
            string written = candidate.Text.Replace(
                Candidate.Switch.ToString(),
                string.Create(CultureInfo.InvariantCulture, $"global::MutantSwitch.On({number})"),
                StringComparison.Ordinal);
            planted._pieces.Add((text.Length, candidate.Span.Start, written.Length));
            text.Append(written);
            copied = candidate.Span.End;
        }

        planted.Text = text.Append(original, copied, original.Length - copied).ToString();
        return planted;
    }

    /// <summary>The place in the original of one in this text; inside a fault, its start.</summary>
    public int Original(int place)
    {
        int shift = 0;
        foreach ((int start, int old, int length) in _pieces)
        {
            if (place < start)
            {
                break;
            }

            if (place < start + length)
            {
                return old;
            }

            shift = start + length - (old + Faults.First(each => each.Candidate.Span.Start == old).Candidate.Span.Length);
        }

        return place - shift;
    }
}
