using TfgridCompose.Core.Foundation.Fingerprints;

namespace TfgridCompose.Core.Plugins.Loading;

/// <summary>A file of a pattern that an app names by its folder, as it was read.</summary>
public sealed record OwnPatternFile(string Path, byte[] Content)
{
    public UnixFileMode Mode { get; init; }

    /// <summary>Changes with content and mode.</summary>
    public string Stamp => $"{(int)Mode} {Fingerprint.WholeOfBytes(Content)}";
}
