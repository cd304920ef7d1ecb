namespace TfgridCompose.Core.Plugins.Packages;

/// <summary>What a pattern package may be at most. Bytes are those actually read, not those that a header claims.</summary>
public sealed record PackageLimits
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>The .nupkg itself.</summary>
    public long PackageBytes { get; init; } = 64 * Megabyte;

    /// <summary>One file of it, unpacked.</summary>
    public long FileBytes { get; init; } = 128 * Megabyte;

    /// <summary>All its files, unpacked.</summary>
    public long TotalBytes { get; init; } = 256 * Megabyte;

    /// <summary>Its .nuspec, unpacked.</summary>
    public long NuspecBytes { get; init; } = Megabyte;

    /// <summary>Files and folders in it.</summary>
    public int Entries { get; init; } = 4096;

    /// <summary>Looking for a package and fetching it.</summary>
    public TimeSpan Download { get; init; } = TimeSpan.FromMinutes(10);
}
