using TfgridCompose.Core.Records.Index;

namespace TfgridCompose.Core.Plugins.Packages;

/// <summary>A pattern that can be removed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Folder">Its plugin folder.</param>
/// <param name="Entry">The package that it was installed from; null if it was copied by hand.</param>
/// <param name="Deployments">This user's deployments whose next <c>up</c> needs it.</param>
public sealed record RemovablePattern(
    string Name, string Folder, LockedPattern? Entry, IReadOnlyList<IndexEntry> Deployments);
