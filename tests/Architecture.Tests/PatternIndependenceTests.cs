using System.Text.Json;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TfgridCompose.Core.Deploying.Phases;

namespace TfgridCompose.Architecture.Tests;

/// <summary>The rule that the design stands on: what runs patterns knows none of them.</summary>
public sealed class PatternIndependenceTests
{
    private static readonly string[] Projects = ["Core", "Cli", "LocalGrid"];

    /// <summary>Literals that equal a pattern's or role's name and mean something else: file, literal, why.</summary>
    private static readonly (string File, string Literal, string Reason)[] Allowed =
    [
        ("Core/Manifests/Reading/StateReader.cs", "backend", "Terraform's word for the place of its state; so in the manifest"),
        ("Core/Tools/Terraform/States/BackendFile.cs", "backend", "Terraform's word for the place of its state; so in its files"),
        ("Core/Records/Deployments/RecordReader.cs", "backend", "Terraform's word for the place of its state; so in the record"),
        ("LocalGrid/Control/StatusReport.cs", "vm", "the grid's own word for a contract that carries machines"),
        ("LocalGrid/World/ChainContract.cs", "vm", "deployment_data's type as the real provider writes it"),
        ("LocalGrid/Provider/DeploymentConversion.cs", "vm", "the provider schema's default of grid_deployment.name"),
        ("LocalGrid/Schemas/DeploymentSchema.cs", "vm", "the provider schema's default of grid_deployment.name"),
    ];

    private static readonly IReadOnlyList<string> Names = NamesOf(Path.Combine(TestContext.CurrentContext.TestDirectory, "plugins"));

    [Test]
    public void The_built_in_patterns_say_their_names_and_roles()
    {
        Assert.That(Names, Does.Contain("single-vm").And.Contain("vm").And.Contain("gateway").And.Contain("backend"));
    }

    [TestCaseSource(nameof(Projects))]
    public void No_literal_is_a_patterns_or_roles_name(string project)
    {
        string[] found =
        [
            .. from source in SourceCode.Of(project)
               from literal in SourceCode.Literals(source.Tree)
               where Names.Contains(literal.Text) && !Allowed.Any(allowed => allowed.File == source.File && allowed.Literal == literal.Text)
               select $"{source.File}:{literal.Line}: \"{literal.Text}\"",
        ];

        Assert.That(found, Is.Empty);
    }

    [Test]
    public void Every_exception_is_still_needed_and_has_a_reason()
    {
        Assert.That(Allowed.Select(allowed => allowed.Reason), Has.None.Empty);
        Assert.That(
            Allowed.Where(allowed => !SourceCode.Literals(SourceCode.Parse(File.ReadAllText(Repository.In(allowed.File)))).Any(
                literal => literal.Text == allowed.Literal)),
            Is.Empty);
    }

    [Test]
    public void A_planted_name_is_found()
    {
        CompilationUnitSyntax tree = SourceCode.Parse("""class C { string A = "single-vm"; string B = $"{A}vm"; string D = "single-vm-like"; }""");

        Assert.That(SourceCode.Literals(tree).Select(literal => literal.Text).Where(Names.Contains), Is.EqualTo(["single-vm", "vm"]));
    }

    [TestCaseSource(nameof(Projects))]
    public void No_pattern_is_referenced(string project)
    {
        string[] namespaces =
        [
            .. Repository.Files.Where(file => file.StartsWith("Patterns.", StringComparison.Ordinal))
                .Select(file => $"TfgridCompose.{file.Split('/')[0]}")
                .Distinct()
                .Where(name => name != "TfgridCompose.Patterns.Sdk"),
        ];
        Assert.That(namespaces, Is.Not.Empty);

        string[] found = [.. SourceCode.Of(project)
            .SelectMany(source => source.Tree.DescendantNodes().OfType<NameSyntax>().Select(name => (source.File, Name: name.ToString())))
            .Where(use => namespaces.Any(each => use.Name == each || use.Name.StartsWith($"{each}.", StringComparison.Ordinal)))
            .Select(use => $"{use.File}: {use.Name}")];

        Assert.That(found, Is.Empty);
    }

    [Test]
    public void The_built_assemblies_reference_no_pattern()
    {
        string[] references = [.. new[] { typeof(IPhase).Assembly, typeof(Cli.CliApp).Assembly }
            .SelectMany(assembly => assembly.GetReferencedAssemblies())
            .Select(name => name.Name!)
            .Where(name => name.StartsWith("TfgridCompose.", StringComparison.Ordinal))
            .Distinct()];

        Assert.That(references, Is.EquivalentTo(["TfgridCompose.Core", "TfgridCompose.Patterns.Sdk"]));
    }

    private static List<string> NamesOf(string plugins)
    {
        var names = new List<string>();
        foreach (string descriptor in Directory.GetFiles(plugins, "plugin.json", SearchOption.AllDirectories))
        {
            using var document = JsonDocument.Parse(File.ReadAllText(descriptor));
            names.Add(document.RootElement.GetProperty("name").GetString()!);
            names.AddRange(document.RootElement.GetProperty("roles")
                .EnumerateArray()
                .Select(role => role.GetProperty("name").GetString()!));
        }

        return [.. names.Distinct()];
    }
}
