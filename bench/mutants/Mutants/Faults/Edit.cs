using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TfgridCompose.Mutants.Faults;

/// <summary>How a fault is written beside the original.</summary>
internal static class Edit
{
    private const char On = Candidate.Switch;

    /// <summary>An expression for another one.</summary>
    public static Candidate Expression(string kind, SyntaxNode node, string changed) =>
        new(kind, node.Span, $"({On} ? {changed} : {(node is AssignmentExpressionSyntax ? $"({node})" : node)})", node.ToString(), changed);

    /// <summary>
    /// An expression for one that contains the switch, where both cannot stand side by side: each would declare the
    /// same variable.
    /// </summary>
    public static Candidate Woven(string kind, SyntaxNode node, string text, string changed) =>
        new(kind, node.Span, text, node.ToString(), changed);

    /// <summary>A statement for another one, or for none. The braces keep an `else` with its `if`.</summary>
    public static Candidate Statement(string kind, SyntaxNode node, string changed) =>
        new(
            kind,
            node.Span,
            changed.Length == 0 ? $"{{ if (!{On}) {{ {node} }} }}" : $"{{ if ({On}) {{ {changed} }} else {{ {node} }} }}",
            node.ToString(),
            changed.Length == 0 ? "(removed)" : changed);
}
