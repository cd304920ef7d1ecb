using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Manifests.Values;

/// <summary>The values for the hooks, declared ones first and in the manifest's order, and what is wrong.</summary>
public sealed record ResolvedEnvironment(IReadOnlyList<EnvironmentValue> Values, IReadOnlyList<Diagnostic> Problems);
