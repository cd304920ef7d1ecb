using TfgridCompose.Core.Diagnostics;

namespace TfgridCompose.Core.Manifests;

/// <summary>A valid manifest and what is worth a word in it.</summary>
public sealed record LoadedManifest(Manifest Manifest, IReadOnlyList<Diagnostic> Warnings);
