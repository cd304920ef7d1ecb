using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TfgridCompose.Mutants.Faults;

/// <summary>A method of LINQ for its counterpart.</summary>
internal static class Queries
{
    private static readonly Dictionary<string, string> Counterparts = new()
    {
        ["Any"] = "All",
        ["All"] = "Any",
        ["First"] = "Last",
        ["Last"] = "First",
        ["FirstOrDefault"] = "LastOrDefault",
        ["LastOrDefault"] = "FirstOrDefault",
        ["Min"] = "Max",
        ["Max"] = "Min",
        ["Take"] = "Skip",
        ["Skip"] = "Take",
        ["OrderBy"] = "OrderByDescending",
        ["Order"] = "OrderDescending",
    };

    public static IEnumerable<Candidate> Of(SyntaxNode node, SemanticModel model)
    {
        if (node is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: var name } member } call
            || model.GetSymbolInfo(call).Symbol
                is not IMethodSymbol { ContainingType: { Name: "Enumerable", ContainingNamespace.Name: "Linq" } } method)
        {
            yield break;
        }

        string called = name.Identifier.Text;
        if (called == "Any" && call.ArgumentList.Arguments.Count == 0)
        {
            yield return Edit.Expression("query", call, $"!{call}");
        }
        else if (Counterparts.TryGetValue(called, out string? counterpart))
        {
            yield return Edit.Expression("query", call, $"{member.Expression}.{counterpart}{call.ArgumentList}");
        }
        else if (called == "Where" && method.TypeArguments.Length == 1)
        {
            yield return Edit.Expression("query", call, member.Expression.ToString());
        }
    }
}
