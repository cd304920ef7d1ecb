namespace TfgridCompose.Mutants.Runs;

/// <summary>What the quick tests do without a fault.</summary>
internal sealed record Survey
{
    public IReadOnlyList<Fixture> Fixtures { get; init; } = [];

    public IReadOnlyList<string> LeftOut => [.. Fixtures.SelectMany(each => each.LeftOut)];

    public bool Knows(string fixture) => Fixtures.Any(each => each.Name == fixture);

    public IEnumerable<Fixture> Reaching(int fault) => Fixtures.Where(each => each.IsWhole && each.Reached.Contains(fault));
}
