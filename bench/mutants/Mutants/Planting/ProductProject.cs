using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using TfgridCompose.Mutants.Copying;

namespace TfgridCompose.Mutants.Planting;

/// <summary>A project of the copy, compiled as its build did it.</summary>
internal sealed class ProductProject
{
    private readonly CSharpParseOptions _options;

    private ProductProject(string name, string folder, CSharpCompilation compilation, CSharpParseOptions options)
    {
        (Name, Compilation, _options) = (name, compilation, options);
        Sources = [.. compilation.SyntaxTrees.Where(tree => IsOwn(folder, tree.FilePath))
            .OrderBy(tree => tree.FilePath, StringComparer.Ordinal)];
    }

    public string Name { get; }

    public CSharpCompilation Compilation { get; }

    /// <summary>What people wrote.</summary>
    public IReadOnlyList<SyntaxTree> Sources { get; }

    public static ProductProject Read(string tree, string name)
    {
        string folder = Path.Combine(tree, name);
        string file = Directory.GetFiles(Path.Combine(folder, "obj"), CopyBuild.ArgumentsFile, SearchOption.AllDirectories) is [var only]
            ? only
            : throw new MutantsException($"the build of {name} did not leave the compiler's arguments once");
        CSharpCommandLineArguments arguments = CSharpCommandLineParser.Default.Parse(
            File.ReadLines(file).Where(line => line.Length > 0), folder, sdkDirectory: null);
        string generated = Path.Combine(Path.GetDirectoryName(file) ?? folder, "generated");
        IEnumerable<string> paths = arguments.SourceFiles.Select(source => source.Path)
            .Concat(Directory.Exists(generated) ? Directory.GetFiles(generated, "*.cs", SearchOption.AllDirectories) : []);
        var compilation = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(arguments.OutputFileName),
            paths.Select(path => CSharpSyntaxTree.ParseText(SourceText.From(File.ReadAllText(path)), arguments.ParseOptions, path)),
            arguments.MetadataReferences.Select(each => MetadataReference.CreateFromFile(each.Reference, each.Properties)),
            arguments.CompilationOptions.WithGeneralDiagnosticOption(ReportDiagnostic.Suppress));
        return new ProductProject(name, folder, compilation, arguments.ParseOptions);
    }

    public static IReadOnlyList<Diagnostic> Errors(CSharpCompilation compilation) =>
        [.. compilation.GetDiagnostics().Where(each => each.Severity == DiagnosticSeverity.Error)];

    /// <summary>Another text in place of a file's.</summary>
    public CSharpCompilation With(IReadOnlyDictionary<SyntaxTree, string> texts) =>
        texts.Aggregate(Compilation, (current, each) =>
            current.ReplaceSyntaxTree(each.Key, CSharpSyntaxTree.ParseText(SourceText.From(each.Value), _options, each.Key.FilePath)));

    private static bool IsOwn(string folder, string path) =>
        path.StartsWith($"{folder}/", StringComparison.Ordinal) && !path.StartsWith($"{folder}/obj/", StringComparison.Ordinal);
}
