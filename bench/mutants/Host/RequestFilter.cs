using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace TfgridCompose.MutantHost;

/// <summary>Lets the asked tests run. Explicit ones never do.</summary>
internal sealed class RequestFilter(TestRequest request) : TestFilter
{
    private readonly HashSet<string> _fixtures = [.. request.Fixtures];
    private readonly HashSet<string> _tests = [.. request.Tests];
    private readonly HashSet<string> _leftOut = [.. request.LeftOut];
    private readonly HashSet<string> _categories = [.. request.LeftOutCategories];

    public override bool Match(ITest test) =>
        !test.IsSuite
        && (_fixtures.Contains(test.ClassName ?? "") || _tests.Contains(test.FullName))
        && !_leftOut.Contains(test.FullName)
        && IsQuick(test);

    public override bool IsExplicitMatch(ITest test) => false;

    public override TNode AddToXml(TNode parentNode, bool recursive) => parentNode.AddElement("request");

    /// <summary>Neither the test nor what it stands in has one of the categories.</summary>
    public bool IsQuick(ITest test)
    {
        for (ITest? each = test; each is not null; each = each.Parent)
        {
            if (each.RunState == RunState.Explicit || each.Properties[PropertyNames.Category].OfType<string>().Any(_categories.Contains))
            {
                return false;
            }
        }

        return true;
    }
}
