using TfgridCompose.Patterns.Sdk.Testing;

namespace SampleNamespace.Tests;

/// <summary>
/// Runs every check of `tfgrid-compose patterns test`, including a deployment on the local grid. A check that this
/// machine cannot run is skipped with the reason. The environment variable TFGRID_COMPOSE_CONFORMANCE=quick skips the
/// deployment.
/// </summary>
public sealed class ConformanceTests : PatternConformance
{
    protected override string Pattern => PatternFolder.Of("../Acme-Sample");
}
