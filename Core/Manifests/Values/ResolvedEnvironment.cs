using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Manifests.Values;

/// <summary>The values for the hooks, declared ones first in manifest order, and the problems.</summary>
public sealed record ResolvedEnvironment(IReadOnlyList<EnvironmentValue> Values, IReadOnlyList<Diagnostic> Problems);
