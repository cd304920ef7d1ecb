using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TfgridCompose.Mutants.Faults;

/// <summary>Statements removed, += and -= swapped.</summary>
internal static class Statements
{
    public static IEnumerable<Candidate> Of(SyntaxNode node, SemanticModel model) => node switch
    {
        ExpressionStatementSyntax { Expression: AwaitExpressionSyntax } statement => [Edit.Statement("await", statement, "")],
        ExpressionStatementSyntax statement => [Edit.Statement("statement", statement, ""), .. Compound(statement, model)],
        ThrowStatementSyntax or YieldStatementSyntax or ContinueStatementSyntax or ReturnStatementSyntax { Expression: null }
            => [Edit.Statement("statement", node, "")],
        _ => [],
    };

    private static IEnumerable<Candidate> Compound(ExpressionStatementSyntax statement, SemanticModel model)
    {
        if (statement.Expression is AssignmentExpressionSyntax assignment
            && assignment.Kind() is SyntaxKind.AddAssignmentExpression or SyntaxKind.SubtractAssignmentExpression
            && model.GetTypeInfo(assignment.Left).Type?.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_Double)
        {
            string other = assignment.IsKind(SyntaxKind.AddAssignmentExpression) ? "-=" : "+=";
            yield return Edit.Statement("arithmetic", statement, $"{assignment.Left} {other} {assignment.Right};");
        }
    }
}
