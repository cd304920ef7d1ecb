using TfgridCompose.Patterns.Sdk.Testing;
using TfgridCompose.Patterns.Tests;

namespace TfgridCompose.Patterns.Gateway.Tests;

/// <summary>The published pattern, with real machines.</summary>
[Category("Machines")]
public sealed class ConformanceTests : PatternConformance
{
    protected override string Pattern => "gateway";

    protected override IReadOnlyList<string> Samples => [Repository.Path("tests/Patterns.Gateway.Tests/samples/web")];

    protected override string? Program => Repository.Product;
}
