using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using TfgridCompose.Mutants.Faults;

namespace TfgridCompose.Mutants.Planting;

/// <summary>A fault that was chosen, in a file of a project.</summary>
internal sealed record Choice(CodeLine Line, Candidate Candidate)
{
    public SyntaxTree Tree => Line.Tree;

    /// <summary>
    /// What an error there is blamed on: the member that holds the fault, because the compiler may report the error after it.
    /// </summary>
    public TextSpan Member { get; } = MemberOf(Line.Tree, Candidate.Span);

    public bool Overlaps(Choice other) => Tree == other.Tree && Candidate.Span.IntersectsWith(other.Candidate.Span);

    private static TextSpan MemberOf(SyntaxTree tree, TextSpan span) =>
        tree.GetRoot().FindNode(span)
            .AncestorsAndSelf().OfType<Microsoft.CodeAnalysis.CSharp.Syntax.MemberDeclarationSyntax>().First().Span;
}
