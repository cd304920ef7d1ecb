using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Manifests.Reading;

/// <summary>A valid manifest and what is worth a word in it.</summary>
public sealed record LoadedManifest(Manifest Manifest, IReadOnlyList<Diagnostic> Warnings);
