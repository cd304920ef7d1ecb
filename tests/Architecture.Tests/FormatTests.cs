using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TfgridCompose.Architecture.Tests;

/// <summary>
/// What <c>dotnet format</c> checks. Its analyzers run in every build, where what they find is an error. White space is
/// checked without loading the projects, which takes seconds instead of minutes; the order of usings is not part of
/// that and has a test of its own.
/// </summary>
public sealed class FormatTests
{
    private const string First = "System";

    [Test]
    [Category("Slow")]
    public void Dotnet_format_would_change_no_white_space()
    {
        (int code, string output) = Repository.Run(
            "dotnet", ["format", "whitespace", ".", "--folder", "--exclude", "artifacts", "--verify-no-changes", "--verbosity", "minimal"]);

        Assert.That(code, Is.Zero, output);
    }

    [Test]
    public void Usings_are_in_order()
    {
        Assert.That(
            Repository.Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal))
                .Where(file => !AreInOrder(SourceCode.Parse(File.ReadAllText(Repository.In(file))))),
            Is.Empty,
            "`dotnet format` sorts them");
    }

    [TestCase("using System; using System.Text; using Acme; using acme.A; using Acme.AB; using static System.Math; using A = Acme;", true)]
    [TestCase("using Acme; using System;", false)]
    [TestCase("using System.Text; using System;", false)]
    [TestCase("using Acme.AB; using Acme.A;", false)]
    [TestCase("using Acme.A1; using Acme.A.B;", false)]
    [TestCase("using static System.Math; using Acme;", false)]
    [TestCase("using A = Acme; using static System.Math;", false)]
    [TestCase("namespace N { using Zed; using Acme; }", false)]
    public void A_wrong_order_is_found(string code, bool isInOrder) =>
        Assert.That(AreInOrder(SourceCode.Parse(code)), Is.EqualTo(isInOrder));

    private static bool AreInOrder(CompilationUnitSyntax tree) =>
        tree.DescendantNodesAndSelf(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
        .Select(node => node switch
        {
            CompilationUnitSyntax file => file.Usings,
            BaseNamespaceDeclarationSyntax space => space.Usings,
            _ => default,
        })
        .All(usings => usings.SequenceEqual(usings.Order(Comparer<UsingDirectiveSyntax>.Create(Compare))));

    // Namespaces, then static ones, then aliases; those of System before others, and then by the parts of the name.
    private static int Compare(UsingDirectiveSyntax one, UsingDirectiveSyntax other)
    {
        (int Kind, int Origin, string[] Parts) first = Key(one);
        (int Kind, int Origin, string[] Parts) second = Key(other);
        int order = (first.Kind, first.Origin).CompareTo((second.Kind, second.Origin));
        for (int i = 0; order == 0 && i < Math.Min(first.Parts.Length, second.Parts.Length); i++)
        {
            order = StringComparer.OrdinalIgnoreCase.Compare(first.Parts[i], second.Parts[i]);
        }

        return order != 0 ? order : first.Parts.Length - second.Parts.Length;
    }

    private static (int Kind, int Origin, string[] Parts) Key(UsingDirectiveSyntax directive)
    {
        string[] parts = (directive.Alias?.Name.ToString() ?? directive.NamespaceOrType.ToString()).Split('.');
        int kind = directive.Alias is not null ? 2 : directive.StaticKeyword.IsKind(SyntaxKind.StaticKeyword) ? 1 : 0;
        return (kind, kind < 2 && parts[0] == First ? 0 : 1, parts);
    }
}
