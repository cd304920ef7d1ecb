using TfgridCompose.Patterns.Sdk.Testing;

namespace SampleNamespace.Tests;

/// <summary>
/// Every check of `tfgrid-compose patterns test`, with a deployment on the local grid; what this machine cannot run is skipped with the
/// reason. TFGRID_COMPOSE_CONFORMANCE=quick in the environment leaves out what deploys.
/// </summary>
public sealed class ConformanceTests : PatternConformance
{
    protected override string Pattern => PatternFolder.Of("../Acme-Sample");
}
