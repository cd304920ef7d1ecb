using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TfgridCompose.Mutants.Faults;

/// <summary>Where a switch can stand.</summary>
internal static class Places
{
    /// <summary>
    /// False where the language wants a constant, and where the value is no program's: attributes, patterns,
    /// constants, defaults of parameters.
    /// </summary>
    public static bool IsRunTime(SyntaxNode node)
    {
        foreach (SyntaxNode each in node.AncestorsAndSelf())
        {
            switch (each)
            {
                case AttributeSyntax or EnumMemberDeclarationSyntax or CaseSwitchLabelSyntax or GotoStatementSyntax or ParameterSyntax:
                case FieldDeclarationSyntax field when field.Modifiers.Any(SyntaxKind.ConstKeyword):
                case LocalDeclarationStatementSyntax local when local.IsConst:
                case PatternSyntax:
                    return false;
                case LambdaExpressionSyntax or StatementSyntax or MemberDeclarationSyntax:
                    return true;
            }
        }

        return true;
    }

    /// <summary>True for what follows a `?.`: it does not stand alone.</summary>
    public static bool IsTail(SyntaxNode node) => node.DescendantNodesAndSelf()
        .Where(each => each is MemberBindingExpressionSyntax or ElementBindingExpressionSyntax)
        .Any(each => each.Ancestors().OfType<ConditionalAccessExpressionSyntax>().First() is var owner && !node.Contains(owner));

    /// <summary>True where a variable is declared inside: two copies of it would collide.</summary>
    public static bool Declares(SyntaxNode node) =>
        node.DescendantNodes(each => each is not LambdaExpressionSyntax).Any(each => each is SingleVariableDesignationSyntax);

    /// <summary>True for what makes no difference whatever its value is.</summary>
    public static bool IsIdle(SyntaxNode node) =>
        node.Parent?.Parent?.Parent
            is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "ConfigureAwait" } };
}
