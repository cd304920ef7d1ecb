namespace TfgridCompose.Core.Plugins.Packages;

/// <summary>Limits of a pattern package. They apply to the bytes actually read, not to the sizes in a header.</summary>
public sealed record PackageLimits
{
    private const long Megabyte = 1024 * 1024;

    /// <summary>The .nupkg itself.</summary>
    public long PackageBytes { get; init; } = 64 * Megabyte;

    /// <summary>One of its files, unpacked.</summary>
    public long FileBytes { get; init; } = 128 * Megabyte;

    /// <summary>All its files, unpacked.</summary>
    public long TotalBytes { get; init; } = 256 * Megabyte;

    /// <summary>Its .nuspec, unpacked.</summary>
    public long NuspecBytes { get; init; } = Megabyte;

    /// <summary>The number of its files and folders.</summary>
    public int Entries { get; init; } = 4096;

    /// <summary>The time to find and download a package.</summary>
    public TimeSpan Download { get; init; } = TimeSpan.FromMinutes(10);
}
