using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace TfgridCompose.Core.Manifests.Tree;

/// <summary>Reads a YAML file that holds one map into a tree whose nodes and keys have locations.</summary>
public static class LocatedYaml
{
    public static LocatedMap ParseFile(string file) => Parse(BoundedFile.Read(file), file);

    /// <summary>The same for a file that may be absent or empty; null in these cases.</summary>
    public static LocatedMap? ParseOptionalFile(string file)
    {
        try
        {
            return BoundedFile.IsThere(file) ? ParseFile(file) : null;
        }
        catch (DiagnosticException problem) when (problem.Diagnostics is [{ Code: ManifestCodes.FileEmpty }])
        {
            return null;
        }
    }

    /// <summary>
    /// Throws <see cref="DiagnosticException"/> with every duplicate key, or with the first syntax error.
    /// </summary>
    public static LocatedMap Parse(string text, string file)
    {
        try
        {
            return ParseOnce(text, file);
        }
        catch (DiagnosticException problem) when (problem.Diagnostics is [{ Code: ManifestCodes.YamlSyntax, Location: { } at } found])
        {
            throw new IndentingTab(other => SyntaxErrorIn(other, file)).In(text, at) is { } tab
                ? new DiagnosticException(
                    problem.ExitCode,
                    [found with { Location = tab, Remedy = "YAML is indented with spaces only: replace the tab." }],
                    problem.InnerException)
                : problem;
        }
    }

    private static SourceLocation? SyntaxErrorIn(string text, string file)
    {
        try
        {
            ParseOnce(text, file);
            return null;
        }
        catch (DiagnosticException problem)
        {
            return problem.Diagnostics is [{ Code: ManifestCodes.YamlSyntax } found] ? found.Location : null;
        }
    }

    private static LocatedMap ParseOnce(string text, string file)
    {
        var scanner = new Scanner(new StringReader(text));
        try
        {
            return Document(new Parser(scanner), file);
        }
        catch (YamlException problem)
        {
            throw Syntax(file, problem.Start, Reason(problem), problem);
        }
        catch (Exception problem) when (problem is ArgumentException or InvalidOperationException or FormatException
            or OverflowException or IndexOutOfRangeException or NullReferenceException)
        {
            // For some malformed input, such as an unclosed '[1, 2', the scanner throws an exception of another type.
            throw Syntax(file, scanner.CurrentPosition, "the text there cannot be parsed.", problem);
        }
    }

    private static LocatedMap Document(Parser parser, string file)
    {
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _))
        {
            throw Empty(file);
        }

        var builder = new LocatedTreeBuilder(parser, file);
        LocatedNode root = builder.Build();
        parser.Consume<DocumentEnd>();
        if (parser.TryConsume<DocumentStart>(out DocumentStart? second))
        {
            throw new DiagnosticException(
                ExitCode.Usage, ManifestCodes.ManyDocuments, $"{file} holds more than one YAML document.",
                "Keep one document and remove the '---' before the next.", builder.At(second.Start));
        }

        parser.Consume<StreamEnd>();
        return builder.Problems.Count > 0
            ? throw new DiagnosticException(ExitCode.Usage, builder.Problems)
            : Map(root, file);
    }

    private static LocatedMap Map(LocatedNode root, string file) => root switch
    {
        LocatedMap map => map,
        LocatedScalar { IsNull: true } => throw Empty(file),
        _ => throw new DiagnosticException(
            ExitCode.Usage, ManifestCodes.RootNotAMap, $"{file} holds {root.Kind}, not keys with values.",
            "Write it as lines of 'key: value'.", root.Location),
    };

    private static DiagnosticException Empty(string file) => new(
        ExitCode.Usage,
        ManifestCodes.FileEmpty,
        $"{file} is empty.",
        "Write it as lines of 'key: value'.",
        new SourceLocation(file, 1, 1));

    private static DiagnosticException Syntax(string file, Mark mark, string reason, Exception cause) => new(
        ExitCode.Usage,
        [Diagnostic.Error(
            ManifestCodes.YamlSyntax,
            $"{file} is not valid YAML: {reason}",
            "Correct the YAML there; a string with ': ', '#', '{' or a leading quote needs quotes.",
            new SourceLocation(file, (int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column)))],
        cause);

    private static string Reason(YamlException problem)
    {
        string message = Excerpt.Of(problem.InnerException?.Message ?? problem.Message, longest: 200);
        return message.EndsWith('.') ? message : message + ".";
    }
}
