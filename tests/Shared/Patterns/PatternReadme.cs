using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Patterns.Tests;

/// <summary>The README's table of options says what the pattern declares, and no more.</summary>
public abstract class PatternReadme(string project, IPattern pattern)
{
    private readonly string[] _lines = File.ReadAllLines(Repository.Path($"{project}/README.md"));

    [Test]
    public void The_table_documents_every_option() => Assert.Multiple(() =>
    {
        foreach (PatternOption option in pattern.Declaration.Options)
        {
            string row = Rows().SingleOrDefault(line => line.StartsWith($"| `{option.Name}` |", StringComparison.Ordinal)) ?? "";
            Assert.That(row, Is.Not.Empty, $"README.md has no row for {option.Name}.");
            foreach (OptionSource source in option.Sources)
            {
                string unit = option.Type == OptionType.Size ? $" ({source.Unit})" : "";
                Assert.That(row, Does.Contain($"`{source.Path}`{unit}"));
            }

            Assert.That(row, Does.Contain(option.Default is { } value ? $"| `{value}` |" : "| none |"));
            Assert.That(row, option.Min is { } min ? Does.Contain($"{min} to") : Is.Not.Empty);
            Assert.That(option.Allowed, Is.All.Matches<string>(word => row.Contains($"`{word}`", StringComparison.Ordinal)), option.Name);
        }
    });

    [Test]
    public void The_table_documents_nothing_else() =>
        Assert.That(Rows().Select(line => line.Split('`')[1]), Is.EqualTo(pattern.Declaration.Options.Select(option => option.Name)));

    private IEnumerable<string> Rows() => _lines.SkipWhile(line => line != "## Options").Skip(1)
        .TakeWhile(
            line => !line.StartsWith("## ", StringComparison.Ordinal)).Where(line => line.StartsWith("| `", StringComparison.Ordinal));
}
