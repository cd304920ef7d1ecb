using TfgridCompose.Patterns.Tests;

namespace TfgridCompose.Patterns.SingleVm.Tests;

public sealed class ReadmeTests() : PatternReadme("Patterns.SingleVm", new SingleVmPattern());

public sealed class ResourcesTests() : PatternResources("Patterns.SingleVm");
