using System.Text.RegularExpressions;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Plugins.FolderPatterns;
using TfgridCompose.Core.Plugins.Loading;

namespace TfgridCompose.Core.Tests.Plugins.FolderPatterns;

/// <summary>What docs/folder-patterns.md shows is valid, and it lists what there is.</summary>
public sealed partial class FolderPatternPageTests
{
    private static readonly string RepositoryRoot = Repository();
    private static readonly string Page = File.ReadAllText(Path.Combine(RepositoryRoot, "docs", "folder-patterns.md"));

    [Test]
    public void The_minimal_pattern_of_the_page_is_valid()
    {
        using var folder = new PatternFolder();
        File.Delete(Path.Combine(folder.Root, "infrastructure", "outputs.tf"));
        folder.Write("pattern.yaml", Blocks("yaml").Single(block => block.StartsWith("name: my-pattern", StringComparison.Ordinal)));
        folder.Write("infrastructure/main.tf", Blocks("terraform").Single());

        Assert.That(folder.Load().Declaration.Options.Select(option => option.Name), Is.EqualTo(["cpu"]));
        Assert.That(folder.Entry.Warnings, Is.Empty);
    }

    [Test]
    public void The_change_for_an_older_pattern_is_valid()
    {
        using var folder = new PatternFolder(
            Blocks("yaml").Single(block => block.StartsWith("name: single-vm-older", StringComparison.Ordinal)),
            "variable \"vm_cpu\" {}\nvariable \"vm_disk\" {}\nvariable \"memory\" {}\n");

        Assert.That(folder.Entry.Definition.Variables.Keys, Is.EquivalentTo(["vm_cpu", "vm_disk", "memory"]));
        Assert.That(folder.Entry.Warnings, Is.Empty);
    }

    [Test]
    public void The_page_names_every_fact()
    {
        IEnumerable<string> facts = TerraformFacts.Names.Facts.Concat(TerraformFacts.Names.OfRole)
            .Concat(InventoryFacts.Names.Facts)
            .Concat(InventoryFacts.Names.OfRole);

        Assert.That(facts.Where(fact => !Page.Contains($"`{fact}`", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void The_example_is_valid()
    {
        PatternCatalogEntry entry = PluginCatalog.Open(Path.Combine(RepositoryRoot, "examples", "own-pattern", "pattern"));

        Assert.That(PatternHost.Load(entry).Files, Has.Count.EqualTo(4));
        Assert.That(entry.Warnings, Is.Empty);
    }

    private static IEnumerable<string> Blocks(string language) =>
        CodeBlock().Matches(Page).Where(block => block.Groups["language"].Value == language).Select(block => block.Groups["text"].Value);

    private static string Repository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "TfgridCompose.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException($"no TfgridCompose.sln above {AppContext.BaseDirectory}");
    }

    [GeneratedRegex("```(?<language>[a-z]+)\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();
}
