using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TfgridCompose.Mutants.Faults;

/// <summary>Results and members left at their default, the left side of ?? passed over.</summary>
internal static class Values
{
    public static IEnumerable<Candidate> Of(SyntaxNode node, SemanticModel model) => node switch
    {
        ReturnStatementSyntax { Expression: { } value } => Empty("result", value, model),
        ArrowExpressionClauseSyntax arrow when arrow.Parent is not (ConstructorDeclarationSyntax or DestructorDeclarationSyntax)
            => Empty("result", arrow.Expression, model),
        AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax, Right: var value } when value is not InitializerExpressionSyntax
            => Empty("member", value, model),
        AwaitExpressionSyntax { Parent: not ExpressionStatementSyntax } awaited => Empty("await", awaited, model),
        BinaryExpressionSyntax binary when binary.IsKind(SyntaxKind.CoalesceExpression) && binary.Right is not ThrowExpressionSyntax =>
            [Edit.Expression("??", binary, binary.Right.ToString())],
        _ => [],
    };

    private static IEnumerable<Candidate> Empty(string kind, ExpressionSyntax value, SemanticModel model)
    {
        TypeInfo types = model.GetTypeInfo(value);
        ITypeSymbol? type = types.ConvertedType ?? types.Type;
        if (type is null || type.SpecialType == SpecialType.System_Void
            || value is ThrowExpressionSyntax or RefExpressionSyntax or LiteralExpressionSyntax)
        {
            return [];
        }

        if (type.SpecialType == SpecialType.System_Boolean)
        {
            return [Edit.Woven(kind, value, $"({Candidate.Switch} ^ ({value}))", $"!({value})")];
        }

        string changed = type switch
        {
            { SpecialType: SpecialType.System_String } => "\"\"",
            { Name: "Task", ContainingNamespace.Name: "Tasks" } => Completed((INamedTypeSymbol)type),
            _ when IsList(type) => "[]",
            _ => "default!",
        };
        return changed == value.ToString() ? [] : [Edit.Expression(kind, value, changed)];
    }

    private static string Completed(INamedTypeSymbol task) => task.TypeArguments is [var result]
        ? $"global::System.Threading.Tasks.Task.FromResult<{result.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)}>(default!)"
        : "global::System.Threading.Tasks.Task.CompletedTask";

    private static bool IsList(ITypeSymbol type) => type is IArrayTypeSymbol || type.Name
        is "IReadOnlyList" or "IReadOnlyCollection" or "IEnumerable" or "List" or "IList" or "ICollection" or "ImmutableArray" or "HashSet";
}
