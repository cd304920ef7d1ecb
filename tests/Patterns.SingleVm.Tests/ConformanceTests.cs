using TfgridCompose.Patterns.Sdk.Testing;
using TfgridCompose.Patterns.Tests;

namespace TfgridCompose.Patterns.SingleVm.Tests;

/// <summary>The published pattern, with real machines.</summary>
[Category("Machines")]
public sealed class ConformanceTests : PatternConformance
{
    protected override string Pattern => "single-vm";

    protected override IReadOnlyList<string> Samples =>
    [
        .. new[] { "private", "public" }.Select(
            name => Repository.Path($"tests/Patterns.SingleVm.Tests/samples/{name}")),
    ];

    protected override string? Program => Repository.Product;
}
