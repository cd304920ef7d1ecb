using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TfgridCompose.Mutants.Faults;

/// <summary>Numbers, texts, true and false.</summary>
internal static class Literals
{
    public static IEnumerable<Candidate> Of(SyntaxNode node, SemanticModel model) => node switch
    {
        LiteralExpressionSyntax literal when !Places.IsIdle(literal) => OfLiteral(literal, model),
        InterpolatedStringExpressionSyntax text => [Edit.Expression("text", text, "\"\"")],
        _ => [],
    };

    private static IEnumerable<Candidate> OfLiteral(LiteralExpressionSyntax literal, SemanticModel model) => literal.Kind() switch
    {
        SyntaxKind.TrueLiteralExpression => [Edit.Woven("true and false", literal, $"(!{Candidate.Switch})", "false")],
        SyntaxKind.FalseLiteralExpression => [Edit.Woven("true and false", literal, $"({Candidate.Switch})", "true")],
        SyntaxKind.NumericLiteralExpression => Numbers(literal, model),
        SyntaxKind.StringLiteralExpression => Texts(literal, literal.Token.ValueText, ""),
        SyntaxKind.Utf8StringLiteralExpression => Texts(literal, literal.Token.ValueText, "u8"),
        _ => [],
    };

    // A literal fits any type of number; a choice between two must be told.
    private static IEnumerable<Candidate> Numbers(LiteralExpressionSyntax literal, SemanticModel model)
    {
        string[] others = literal.Token.Value switch
        {
            int number => Near(number),
            long number => Near(number),
            double number => [(number + 1).ToString("R", CultureInfo.InvariantCulture)],
            _ => [],
        };
        TypeInfo type = model.GetTypeInfo(literal);
        bool isConverted = type.ConvertedType is { } wanted && !SymbolEqualityComparer.Default.Equals(type.Type, wanted);
        foreach (string other in others)
        {
            Candidate plain = Edit.Expression("number", literal, other);
            yield return isConverted
                ? plain with { Text = $"({type.ConvertedType!.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)}){plain.Text}" }
                : plain;
        }
    }

    private static string[] Near(long number)
    {
        long[] others = number switch
        {
            0 => [1],
            1 => [0, 2],
            _ => [0, number - 1, number + 1],
        };
        return [.. others.Select(each => each.ToString(CultureInfo.InvariantCulture))];
    }

    private static IEnumerable<Candidate> Texts(LiteralExpressionSyntax literal, string value, string suffix)
    {
        string[] others = value.Length == 0 ? ["mutant"] : ["", value + "~"];
        return others.Select(other => Edit.Expression("text", literal, SymbolDisplay.FormatLiteral(other, quote: true) + suffix));
    }
}
