using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using TfgridCompose.Mutants.Faults;

namespace TfgridCompose.Mutants.Planting;

/// <summary>
/// Chooses lines of code at random, so that a big project gets more faults, and on each line one fault of a random
/// kind. What does not compile is replaced by the next line. The same sources, number and seed give the same faults.
/// </summary>
internal sealed class Planter(string tree, IReadOnlyList<ProductProject> projects, int seed)
{
    private readonly Dictionary<string, int> _rejected = projects.ToDictionary(project => project.Name, _ => 0);

    /// <summary>How many faults of each project did not compile.</summary>
    public IReadOnlyDictionary<string, int> Rejected => _rejected;

    /// <summary>Writes the faults into the copy.</summary>
    public IReadOnlyList<PlantedFault> Plant(int count)
    {
        IReadOnlyList<Choice> chosen = Choose(count);
        foreach (IGrouping<SyntaxTree, Choice> file in chosen.GroupBy(each => each.Tree))
        {
            File.WriteAllText(file.Key.FilePath, Planted(file.Key, chosen).Text);
        }

        return [.. chosen.Select((each, index) => Describe(index + 1, each))];
    }

    private List<Choice> Choose(int count)
    {
        var random = new Random(seed);
        CodeLine[] lines = [.. projects.SelectMany(Lines)];
        random.Shuffle(lines);
        using IEnumerator<Choice> next = lines.Select(line => Pick(line, random)).GetEnumerator();
        var chosen = new List<Choice>();
        do
        {
            while (chosen.Count < count && next.MoveNext())
            {
                if (!chosen.Any(next.Current.Overlaps))
                {
                    chosen.Add(next.Current);
                }
            }
        }
        while (RemoveBroken(chosen));

        return chosen;
    }

    private static IEnumerable<CodeLine> Lines(ProductProject project) =>
        from source in project.Sources
        let model = project.Compilation.GetSemanticModel(source)
        from line in CandidateFinder.In(source, model)
            .GroupBy(each => source.GetText().Lines.GetLinePosition(each.Span.Start).Line + 1).OrderBy(line => line.Key)
        select new CodeLine(project, source, line.Key, [.. line]);

    // First the kind: a line with five texts is not five times as likely to lose one.
    private static Choice Pick(CodeLine line, Random random)
    {
        Candidate[][] kinds = [.. line.Candidates.GroupBy(each => each.Kind).Select(kind => kind.ToArray())];
        Candidate[] kind = kinds[random.Next(kinds.Length)];
        return new Choice(line, kind[random.Next(kind.Length)]);
    }

    private bool RemoveBroken(List<Choice> chosen)
    {
        List<Choice> broken = [.. projects.SelectMany(project => Broken(project, chosen))];
        foreach (Choice each in broken)
        {
            _rejected[each.Line.Project.Name]++;
            chosen.Remove(each);
        }

        return broken.Count > 0;
    }

    private static IEnumerable<Choice> Broken(ProductProject project, List<Choice> chosen)
    {
        var texts = chosen.Where(each => each.Line.Project == project)
            .Select(each => each.Tree).Distinct().ToDictionary(each => each, each => Planted(each, chosen));
        IReadOnlyList<Diagnostic> errors = ProductProject.Errors(
            project.With(texts.ToDictionary(each => each.Key, each => each.Value.Text)));
        return errors.SelectMany(error => Blamed(error, texts)).Distinct();
    }

    private static IEnumerable<Choice> Blamed(Diagnostic error, Dictionary<SyntaxTree, PlantedText> texts)
    {
        PlantedText text = texts.FirstOrDefault(each => each.Key.FilePath == error.Location.SourceTree?.FilePath).Value
            ?? throw new MutantsException($"an error in a file without a fault: {error}");
        int place = text.Original(error.Location.SourceSpan.Start);
        Choice[] member = [.. text.Faults.Where(each => each.Member.Contains(place))];
        Choice[] exact = [.. member.Where(each => each.Candidate.Span.IntersectsWith(new TextSpan(place, 0)))];
        return exact.Length > 0 ? exact : member.Length > 0 ? member : text.Faults;
    }

    private static PlantedText Planted(SyntaxTree file, IReadOnlyList<Choice> chosen) =>
        PlantedText.Of(file, [.. chosen.Select((each, index) => (each, index + 1)).Where(each => each.each.Tree == file)]);

    private PlantedFault Describe(int number, Choice choice) => new(
        number,
        choice.Line.Project.Name,
        Path.GetRelativePath(tree, choice.Tree.FilePath),
        choice.Line.Number,
        choice.Candidate.Kind,
        choice.Candidate.Original,
        choice.Candidate.Changed);
}
