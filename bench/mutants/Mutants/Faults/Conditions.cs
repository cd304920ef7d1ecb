using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TfgridCompose.Mutants.Faults;

/// <summary>Conditions negated or fixed, comparisons and connectives swapped.</summary>
internal static class Conditions
{
    private const char On = Candidate.Switch;

    private static readonly Dictionary<SyntaxKind, string> Swaps = new()
    {
        [SyntaxKind.LessThanExpression] = "<=",
        [SyntaxKind.LessThanOrEqualExpression] = "<",
        [SyntaxKind.GreaterThanExpression] = ">=",
        [SyntaxKind.GreaterThanOrEqualExpression] = ">",
        [SyntaxKind.EqualsExpression] = "!=",
        [SyntaxKind.NotEqualsExpression] = "==",
        [SyntaxKind.LogicalAndExpression] = "||",
        [SyntaxKind.LogicalOrExpression] = "&&",
    };

    private static readonly Dictionary<SyntaxKind, string> Arithmetic = new()
    {
        [SyntaxKind.AddExpression] = "-",
        [SyntaxKind.SubtractExpression] = "+",
        [SyntaxKind.MultiplyExpression] = "/",
        [SyntaxKind.DivideExpression] = "*",
    };

    public static IEnumerable<Candidate> Of(SyntaxNode node, SemanticModel model) => node switch
    {
        IfStatementSyntax { Condition: var condition } => Negated(condition),
        WhileStatementSyntax { Condition: var condition } => Negated(condition),
        DoStatementSyntax { Condition: var condition } => Negated(condition),
        ForStatementSyntax { Condition: { } condition } => Negated(condition),
        ConditionalExpressionSyntax { Condition: var condition } => Negated(condition),
        WhenClauseSyntax { Condition: var condition } => Negated(condition),
        CatchFilterClauseSyntax { FilterExpression: var condition } => Negated(condition),
        LambdaExpressionSyntax { ExpressionBody: { } body } when IsBool(body, model) => Negated(body),
        BinaryExpressionSyntax binary => OfBinary(binary, model),
        _ => [],
    };

    // Where a variable is declared in the condition and used behind it, only one of the two fixed values compiles.
    private static IEnumerable<Candidate> Negated(ExpressionSyntax condition)
    {
        if (condition is LiteralExpressionSyntax)
        {
            yield break;
        }

        if (Places.Declares(condition))
        {
            yield return Edit.Woven("condition", condition, $"({On} || ({condition}))", "true");
            yield return Edit.Woven("condition", condition, $"(!{On} && ({condition}))", "false");
        }
        else
        {
            yield return Edit.Expression("condition", condition, $"!({condition})");
        }
    }

    private static IEnumerable<Candidate> OfBinary(BinaryExpressionSyntax binary, SemanticModel model)
    {
        if (Swaps.TryGetValue(binary.Kind(), out string? other))
        {
            string changed = $"({binary.Left} {other} {binary.Right})";
            yield return binary.Kind() switch
            {
                SyntaxKind.LogicalAndExpression when Places.Declares(binary) =>
                    Edit.Woven("&& and ||", binary, $"(({binary.Left}) && ({On} || ({binary.Right})))", binary.Left.ToString()),
                SyntaxKind.LogicalOrExpression when Places.Declares(binary) =>
                    Edit.Woven("&& and ||", binary, $"(({binary.Left}) || (!{On} && ({binary.Right})))", binary.Left.ToString()),
                SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression => Edit.Expression("&& and ||", binary, changed),
                _ => Edit.Expression("comparison", binary, changed),
            };
        }
        else if (Arithmetic.TryGetValue(binary.Kind(), out string? sign) && IsNumber(model.GetTypeInfo(binary).Type))
        {
            yield return Edit.Expression("arithmetic", binary, $"({binary.Left} {sign} {binary.Right})");
        }
    }

    private static bool IsBool(ExpressionSyntax expression, SemanticModel model) =>
        model.GetTypeInfo(expression).Type?.SpecialType == SpecialType.System_Boolean;

    private static bool IsNumber(ITypeSymbol? type) =>
        type?.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_Double || type?.Name is "TimeSpan" or "DateTimeOffset";
}
