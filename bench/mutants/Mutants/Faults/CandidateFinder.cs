using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TfgridCompose.Mutants.Faults;

/// <summary>Every fault that could be planted in a file.</summary>
internal static class CandidateFinder
{
    public static IEnumerable<Candidate> In(SyntaxTree tree, SemanticModel model) => tree.GetRoot().DescendantNodes()
        .SelectMany(node => Of(node, model))
        .Where(candidate => IsPossible(tree.GetRoot().FindNode(candidate.Span, getInnermostNodeForTie: true)));

    private static IEnumerable<Candidate> Of(SyntaxNode node, SemanticModel model) =>
    [
        .. Conditions.Of(node, model),
        .. Literals.Of(node, model),
        .. Values.Of(node, model),
        .. Statements.Of(node, model),
        .. Queries.Of(node, model),
    ];

    private static bool IsPossible(SyntaxNode node) =>
        node is StatementSyntax || (node.Parent is not ExpressionStatementSyntax && Places.IsRunTime(node) && !Places.IsTail(node));
}
