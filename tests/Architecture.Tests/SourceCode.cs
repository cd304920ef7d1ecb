using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TfgridCompose.Architecture.Tests;

/// <summary>A project's C# as syntax.</summary>
internal static class SourceCode
{
    public static IEnumerable<(string File, CompilationUnitSyntax Tree)> Of(string project) =>
        Repository.SourcesOf(project).Select(file => (file, Parse(File.ReadAllText(Repository.In(file)))));

    public static CompilationUnitSyntax Parse(string text) => CSharpSyntaxTree.ParseText(text).GetCompilationUnitRoot();

    /// <summary>Every text that stands in a literal, the fixed parts of interpolated ones included, with its line.</summary>
    public static IEnumerable<(string Text, int Line)> Literals(CompilationUnitSyntax tree) => tree.DescendantTokens()
        .Where(token => token.IsKind(SyntaxKind.StringLiteralToken) || token.IsKind(SyntaxKind.InterpolatedStringTextToken)
            || token.IsKind(SyntaxKind.SingleLineRawStringLiteralToken) || token.IsKind(SyntaxKind.MultiLineRawStringLiteralToken)
            || token.IsKind(SyntaxKind.Utf8StringLiteralToken))
        .Select(token => (token.ValueText, token.GetLocation().GetLineSpan().StartLinePosition.Line + 1));

    /// <summary>The lines, counted from 0, that hold a part of a raw string.</summary>
    public static IReadOnlySet<int> RawStringLines(string text) => Parse(text).DescendantNodes()
        .Where(IsRawString)
        .Select(node => node.GetLocation().GetLineSpan())
        .SelectMany(span => Enumerable.Range(
            span.StartLinePosition.Line,
            span.EndLinePosition.Line - span.StartLinePosition.Line + 1))
        .ToHashSet();

    private static bool IsRawString(SyntaxNode node) =>
        node is LiteralExpressionSyntax or InterpolatedStringExpressionSyntax
            && node.GetFirstToken().Text.Contains("\"\"\"", StringComparison.Ordinal);

    /// <summary>The diagnostic codes of a project: the constants of classes named <c>*Codes</c>.</summary>
    public static IEnumerable<(string Name, string Code)> DiagnosticCodes(string project) =>
        from source in Of(project)
        from type in source.Tree.DescendantNodes().OfType<ClassDeclarationSyntax>()
        where type.Identifier.ValueText.EndsWith("Codes", StringComparison.Ordinal)
        from field in type.Members.OfType<FieldDeclarationSyntax>()
        where field.Modifiers.Any(SyntaxKind.ConstKeyword)
        from variable in field.Declaration.Variables
        select (
            $"{type.Identifier.ValueText}.{variable.Identifier.ValueText}",
            ((LiteralExpressionSyntax)variable.Initializer!.Value).Token.ValueText);
}
