namespace TfgridCompose.Patterns.Sdk;

/// <summary>A file of a pattern.</summary>
/// <param name="Path">Relative, with forward slashes: <c>infrastructure/main.tf</c>, <c>platform/site.yml</c>.</param>
/// <param name="Open">Opens its content. The caller disposes the stream.</param>
public sealed record PatternFile(string Path, Func<Stream> Open);
