using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Patterns.SingleVm.Tests;

public sealed class ReadmeTests
{
    private static readonly string[] Lines = File.ReadAllLines(Repository.Path("Patterns.SingleVm/README.md"));

    private static IEnumerable<TestCaseData> Options =>
        new SingleVmPattern().Declaration.Options.Select(option => new TestCaseData(option).SetArgDisplayNames(option.Name));

    [TestCaseSource(nameof(Options))]
    public void The_table_documents_the_option(PatternOption option)
    {
        string row = Lines.SingleOrDefault(line => line.StartsWith($"| `{option.Name}` |", StringComparison.Ordinal))
            ?? throw new AssertionException($"README.md has no row for {option.Name}.");

        Assert.Multiple(() =>
        {
            foreach (OptionSource source in option.Sources)
            {
                string unit = option.Type == OptionType.Size ? $" ({source.Unit})" : "";
                Assert.That(row, Does.Contain($"`{source.Path}`{unit}"));
            }

            Assert.That(row, Does.Contain(option.Default is { } value ? $"| `{value}` |" : "| none |"));
            Assert.That(row, option.Min is { } min ? Does.Contain($"{min} to") : Is.Not.Empty);
        });
    }

    [Test]
    public void The_table_documents_nothing_else()
    {
        IEnumerable<string> rows = Lines.SkipWhile(line => line != "## Options").TakeWhile(line => line != "## Networks")
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1]);

        Assert.That(rows, Is.EqualTo(new SingleVmPattern().Declaration.Options.Select(option => option.Name)));
    }
}
