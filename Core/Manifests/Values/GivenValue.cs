using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Manifests.Values;

/// <summary>A value that the user set.</summary>
internal sealed record GivenValue(string Name, SecretText Value, string Origin, SourceLocation? Location = null);
