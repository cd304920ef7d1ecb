namespace TfgridCompose.Core.Looking.Conformance;

/// <param name="Id">Stable: scripts and test names depend on it.</param>
/// <param name="Title">What it proves, in a line.</param>
public sealed record ConformanceCheck(string Id, string Title);
