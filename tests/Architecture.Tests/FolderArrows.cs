using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TfgridCompose.Architecture.Tests;

/// <summary>
/// Which folders of a project use which. Found by the compiler, so that a fully qualified name, an alias or an
/// extension method counts too.
/// </summary>
internal static class FolderArrows
{
    // CS0246, CS0234: an unknown type or namespace. What the compiler cannot resolve could hide an arrow.
    private static readonly string[] Unresolved = ["CS0246", "CS0234"];

    private const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    public static IReadOnlyList<FolderArrow> Of(string project) => Of(
        project,
        [.. Repository.SourcesOf(project).Select(file => (file, File.ReadAllText(Repository.In(file))))]);

    public static IReadOnlyList<FolderArrow> Of(string project, IReadOnlyList<(string File, string Text)> sources)
    {
        CSharpCompilation compilation = Compile(project, sources);
        Diagnostic[] unresolved = [.. compilation.GetDiagnostics().Where(problem => Unresolved.Contains(problem.Id))];
        Assert.That(unresolved, Is.Empty, "the folders cannot be judged where names are unknown");
        return
        [
            .. compilation.SyntaxTrees.Where(tree => tree.FilePath.Length > 0)
                .SelectMany(tree => ArrowsOf(tree, compilation.GetSemanticModel(tree)))
                .Distinct(),
        ];
    }

    private static IEnumerable<FolderArrow> ArrowsOf(SyntaxTree tree, SemanticModel model) =>
        from name in tree.GetRoot()
            .DescendantNodes(node => node is not UsingDirectiveSyntax)
            .Where(node => node is SimpleNameSyntax or BaseObjectCreationExpressionSyntax)
        let found = model.GetSymbolInfo(name)
        let symbol = found.Symbol ?? found.CandidateSymbols.FirstOrDefault()
        where symbol is not null and not INamespaceSymbol
        let type = symbol as INamedTypeSymbol ?? symbol.ContainingType
        where type is not null
        from declared in type.OriginalDefinition.DeclaringSyntaxReferences
        let to = declared.SyntaxTree.FilePath
        where to.Length > 0 && FolderArrow.FolderOf(to) != FolderArrow.FolderOf(tree.FilePath)
        select new FolderArrow(tree.FilePath, FolderArrow.FolderOf(to), type.Name);

    // Under the name of the project's tests, to which internals are visible: code that the build generates comes from the built assembly.
    private static CSharpCompilation Compile(string project, IReadOnlyList<(string File, string Text)> sources)
    {
        var parsing = new CSharpParseOptions(LanguageVersion.Preview);
        SyntaxTree[] trees =
        [
            CSharpSyntaxTree.ParseText(ImplicitUsings, parsing),
            .. sources.Select(source => CSharpSyntaxTree.ParseText(source.Text, parsing, path: source.File)),
        ];
        return CSharpCompilation.Create(
            $"TfgridCompose.{project}.Tests",
            trees,
            ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator)
                .Where(path => path != typeof(FolderArrows).Assembly.Location)
                .Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
    }
}
