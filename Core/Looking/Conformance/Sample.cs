namespace TfgridCompose.Core.Looking.Conformance;

/// <summary>An app that uses the pattern under test.</summary>
/// <param name="Name">Its folder's name.</param>
/// <param name="Folder">A copy of it, so that nothing is written into the author's own.</param>
/// <param name="Origin">The author's own folder; the copy if the sample is generated.</param>
internal sealed record Sample(string Name, string Folder, string Origin);
