namespace TfgridCompose.Architecture.Tests;

/// <summary>Folders form layers: one uses only what stands before it in its project's list.</summary>
public sealed class FolderLayerTests
{
    // Ground first. A folder that is new gets its place here.
    private static readonly Dictionary<string, string[]> Layers = new()
    {
        ["Core"] =
        [
            "Core/Foundation/Codes",
            "Core/Foundation/Diagnostics",
            "Core/Foundation",
            "Core/Foundation/Files",
            "Core/Foundation/Processes",
            "Core/Foundation/Events",
            "Core/Foundation/Fingerprints",
            "Core/Listing",
            "Core/Manifests/Tree",
            "Core/Manifests",
            "Core/Manifests/Options",
            "Core/Manifests/Reading",
            "Core/Manifests/Values",
            "Core/Records/Json",
            "Core/Records/Folders",
            "Core/Records/Deployments",
            "Core/Records/Locks",
            "Core/Records/Journals",
            "Core/Records/Index",
            "Core/Records/Store",
            "Core/Records",
            "Core/Tools/Variables",
            "Core/Tools/Grid",
            "Core/Tools/Terraform/Source",
            "Core/Tools/Terraform/Plans",
            "Core/Tools/Terraform/States",
            "Core/Tools/Terraform",
            "Core/Tools/Contracts",
            "Core/Tools/Ssh",
            "Core/Tools/Ansible",
            "Core/Tools/Networks",
            "Core/Tools/Apps",
            "Core/Tools/Checks",
            "Core/Plugins/Descriptors",
            "Core/Plugins/FolderPatterns",
            "Core/Plugins/Lifecycle",
            "Core/Plugins/Catalog",
            "Core/Plugins/Loading",
            "Core/Plugins/Sboms",
            "Core/Plugins/Packages",
            "Core/Plugins/Templates",
            "Core/Trust",
            "Core/Sharing/Machines",
            "Core/Sharing/Places",
            "Core/Sharing/Payloads",
            "Core/Sharing/Copies",
            "Core/Sharing/Sessions",
            "Core/Sharing/States",
            "Core/Sharing",
            "Core/Deploying/Planning",
            "Core/Deploying/Runs",
            "Core/Deploying/Infrastructure",
            "Core/Deploying/Apps",
            "Core/Deploying/Validation",
            "Core/Deploying/Phases",
            "Core/Deploying",
            "Core/Removing",
            "Core/Looking/Leaks",
            "Core/Looking/Drift",
            "Core/Looking/Doctor",
            "Core/Looking/Conformance",
        ],
        ["Cli"] =
        [
            "Cli/Terminal",
            "Cli/Listing",
            "Cli/Rendering",
            "Cli/Verbs",
            "Cli/Verbs/Authoring",
            "Cli/Verbs/Patterns",
            "Cli/Verbs/Deploying",
            "Cli/Verbs/Deployments",
            "Cli/Verbs/Machines",
            "Cli/Verbs/Removing",
            "Cli/Verbs/State",
            "Cli/Verbs/Trust",
            "Cli/Verbs/ThisMachine",
            "Cli/Dispatch",
            "Cli",
        ],
        ["LocalGrid"] =
        [
            "LocalGrid/Foundation",
            "LocalGrid/Values",
            "LocalGrid/Schemas",
            "LocalGrid/World",
            "LocalGrid/Addresses",
            "LocalGrid/Query",
            "LocalGrid/Requests",
            "LocalGrid/Planning",
            "LocalGrid/Networks",
            "LocalGrid/Machines",
            "LocalGrid/Engine",
            "LocalGrid/Provider",
            "LocalGrid/Protocol/Wire",
            "LocalGrid/Protocol",
            "LocalGrid/Control",
            "LocalGrid",
        ],
    };

    private static IEnumerable<string> Projects => Layers.Keys;

    [TestCaseSource(nameof(Projects))]
    public void Every_folder_has_its_place(string project)
    {
        Assert.That(Repository.SourcesOf(project).Select(FolderArrow.FolderOf).Distinct(), Is.EquivalentTo(Layers[project]));
    }

    [TestCaseSource(nameof(Projects))]
    public void No_folder_uses_one_that_stands_above_it(string project)
    {
        Assert.That(Upward(project, FolderArrows.Of(project)), Is.Empty);
    }

    [TestCaseSource(nameof(Projects))]
    public void The_namespace_is_the_folder(string project)
    {
        string[] wrong =
        [
            .. Repository.SourcesOf(project)
                .Select(file => (File: file, Text: File.ReadAllText(Repository.In(file))))
                .Where(source => source.Text.Contains("\nnamespace ", StringComparison.Ordinal)
                    && !source.Text.Contains(
                        $"\nnamespace TfgridCompose.{FolderArrow.FolderOf(source.File).Replace('/', '.')};",
                        StringComparison.Ordinal))
                .Select(source => source.File),
        ];

        Assert.That(wrong, Is.Empty);
    }

    /// <summary>The protocol's types are generated, so they have no source file.</summary>
    [Test]
    public void A_planted_arrow_to_generated_code_is_found()
    {
        IReadOnlyList<FolderArrow> arrows = FolderArrows.Of(
            "LocalGrid",
            [("LocalGrid/Values/Low.cs", "class Low { TfgridCompose.LocalGrid.Protocol.Wire.DynamicValue Field; }")]);

        Assert.That(
            Upward("LocalGrid", arrows).Select(arrow => $"{arrow}"),
            Is.EqualTo(["LocalGrid/Values/Low.cs uses DynamicValue of LocalGrid/Protocol/Wire"]));
    }

    [TestCase("Nowhere Field;", TestName = "Unknown names are refused: a field")]
    [TestCase("object Made() => new Nowhere();", TestName = "Unknown names are refused: an object")]
    [TestCase("int Length() => A.Nowhere.Of();", TestName = "Unknown names are refused: a static call")]
    [TestCase("int Length() => Nowhere.Of();", TestName = "Unknown names are refused: a static call with a using")]
    [TestCase("int Length() { A.Nowhere local = null; return 1; }", TestName = "Unknown names are refused: a variable")]
    public void Unknown_names_are_refused(string member)
    {
        Assert.That(
            () => FolderArrows.Of("Core", [("Core/Foundation/Low.cs", $"namespace A; class Low {{ {member} }}")]),
            Throws.TypeOf<AssertionException>().With.Message.Contains("Nowhere"));
    }

    [TestCase("A.B.C Field;", TestName = "A planted arrow is found: a fully qualified name")]
    [TestCase("object Made() => new A.B.C();", TestName = "A planted arrow is found: an object")]
    [TestCase("int Length() => A.B.C.Of();", TestName = "A planted arrow is found: a static call")]
    [TestCase("int Length() => 1.Twice();", TestName = "A planted arrow is found: an extension method")]
    public void A_planted_arrow_is_found(string member)
    {
        IReadOnlyList<FolderArrow> arrows = FolderArrows.Of(
            "Core",
            [
                ("Core/Foundation/Low.cs", $"using A.B; namespace Low; class Low {{ {member} }}"),
                (
                    "Core/Deploying/High.cs",
                    "namespace A.B; class C { public static int Of() => 1; } static class D { public static int Twice(this int "
                        + "one) => 2 * one; }"),
            ]);

        Assert.That(
            Upward("Core", arrows).Select(arrow => (arrow.From, arrow.To)).Distinct(),
            Is.EqualTo([("Core/Foundation", "Core/Deploying")]));
    }

    private static FolderArrow[] Upward(string project, IReadOnlyList<FolderArrow> arrows)
    {
        string[] order = Layers[project];
        return [.. arrows.Where(arrow => Array.IndexOf(order, arrow.From) < Array.IndexOf(order, arrow.To))];
    }
}
