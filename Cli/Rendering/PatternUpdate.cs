using TfgridCompose.Core.Plugins.Packages;

namespace TfgridCompose.Cli.Rendering;

/// <summary>What an update did to one pattern.</summary>
/// <param name="Former">What was installed before.</param>
/// <param name="Installed">What is installed now; null if it was up to date.</param>
internal sealed record PatternUpdate(LockedPattern Former, InstalledPattern? Installed);
