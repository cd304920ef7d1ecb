using System.Collections.Concurrent;
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

    private static readonly ConcurrentDictionary<string, Lazy<IReadOnlyList<FolderArrow>>> Projects = new();

    private static readonly Lazy<MetadataReference[]> References = new(() =>
    [
        .. ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator)
            .Where(path => path != typeof(FolderArrows).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ]);

    /// <summary>A project is compiled once, whichever tests ask.</summary>
    public static IReadOnlyList<FolderArrow> Of(string project) => Projects.GetOrAdd(
        project,
        name => new(() => Of(name, [.. Repository.SourcesOf(name).Select(file => (file, File.ReadAllText(Repository.In(file))))]))).Value;

    public static IReadOnlyList<FolderArrow> Of(string project, IReadOnlyList<(string File, string Text)> sources)
    {
        CSharpCompilation compilation = Compile(project, sources);
        IEnumerable<string> undeclared = compilation.GetDeclarationDiagnostics()
            .Where(problem => Unresolved.Contains(problem.Id))
            .Select(problem => $"{problem}");
        (FolderArrow[] Arrows, string[] Unknown)[] files =
        [
            .. compilation.SyntaxTrees.Where(tree => tree.FilePath.Length > 0)
                .AsParallel()
                .AsOrdered()
                .Select(tree => ArrowsOf(tree, compilation.GetSemanticModel(tree), project)),
        ];
        Assert.That(
            undeclared.Concat(files.SelectMany(file => file.Unknown)),
            Is.Empty,
            "the folders cannot be judged where names are unknown");
        return [.. files.SelectMany(file => file.Arrows)];
    }

    // Asks the compiler once for each name: to bind every method a second time, for its diagnostics, would double the work.
    private static (FolderArrow[] Arrows, string[] Unknown) ArrowsOf(SyntaxTree tree, SemanticModel model, string project)
    {
        string own = FolderArrow.FolderOf(tree.FilePath);
        var types = new HashSet<INamedTypeSymbol>(SymbolEqualityComparer.Default);
        var unknown = new List<string>();
        foreach (SyntaxNode name in tree.GetRoot()
            .DescendantNodes(node => node is not UsingDirectiveSyntax)
            .Where(node => node is SimpleNameSyntax or BaseObjectCreationExpressionSyntax))
        {
            SymbolInfo found = model.GetSymbolInfo(name);
            ISymbol? symbol = found.Symbol ?? found.CandidateSymbols.FirstOrDefault();
            if (symbol is null && name is SimpleNameSyntax simple && (SyntaxFacts.IsInTypeOnlyContext(simple) || NamesType(simple, model)))
            {
                unknown.Add($"{tree.FilePath}: {name}");
            }

            if (symbol is not INamespaceSymbol && (symbol as INamedTypeSymbol ?? symbol?.ContainingType) is { } type)
            {
                types.Add(type.OriginalDefinition);
            }
        }

        return (
            [
                .. from type in types
                   from folder in FoldersOf(type, project)
                   where folder != own
                   select new FolderArrow(tree.FilePath, folder, type.Name),
            ],
            [.. unknown]);
    }

    // In a method: Type.Member or Namespace.Type. An unknown member of a known type is one that the build generates.
    private static bool NamesType(SimpleNameSyntax name, SemanticModel model) =>
        name.Parent is MemberAccessExpressionSyntax access
        && (access.Expression == name || model.GetSymbolInfo(access.Expression).Symbol is INamespaceSymbol);

    // A type that the build generates has no source file here. Its namespace is its folder.
    private static IEnumerable<string> FoldersOf(INamedTypeSymbol type, string project)
    {
        string name = $"{type.ContainingNamespace}";
        return type.DeclaringSyntaxReferences.IsEmpty
            ? name.StartsWith($"TfgridCompose.{project}.", StringComparison.Ordinal)
                ? [name["TfgridCompose.".Length..].Replace('.', '/')]
                : []
            : type.DeclaringSyntaxReferences.Select(declared => declared.SyntaxTree.FilePath)
                .Where(file => file.Length > 0)
                .Select(FolderArrow.FolderOf)
                .Distinct();
    }

    // Under the name of the project's tests, to which internals are visible: code that the build generates comes from the
    // built assembly.
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
            References.Value,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
    }
}
