using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Manifests.Reading;

/// <summary>A valid manifest and its warnings.</summary>
public sealed record LoadedManifest(Manifest Manifest, IReadOnlyList<Diagnostic> Warnings);
