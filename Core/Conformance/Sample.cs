namespace TfgridCompose.Core.Conformance;

/// <summary>An app that uses the pattern under test.</summary>
/// <param name="Name">Its folder's name.</param>
/// <param name="Folder">A copy of it, so that nothing is written into the author's own.</param>
internal sealed record Sample(string Name, string Folder);
