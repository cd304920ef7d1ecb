using TfgridCompose.Core.Diagnostics;

namespace TfgridCompose.Core.EnvironmentValues;

/// <summary>A value that somebody wrote down.</summary>
internal sealed record GivenValue(string Name, SecretText Value, string Origin, SourceLocation? Location = null);
