using TfgridCompose.Core.Diagnostics;

namespace TfgridCompose.Core.Patterns.Folders;

/// <summary>A <c>variable</c> or <c>output</c> block of a root module.</summary>
/// <param name="Kind"><c>variable</c> or <c>output</c>.</param>
/// <param name="Name">Its label.</param>
/// <param name="HasDefault">Whether it sets <c>default</c>.</param>
/// <param name="Location">Where it begins.</param>
internal sealed record TerraformBlock(string Kind, string Name, bool HasDefault, SourceLocation Location);
