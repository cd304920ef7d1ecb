using System.Runtime.Versioning;
using NuGet.Frameworks;
using NuGet.Packaging;

namespace TfgridCompose.Core.Plugins.Packages;

/// <summary>A file that is packed unchanged, for no particular framework.</summary>
internal sealed class PackedFile(string path, Func<Stream> open) : IPackageFile
{
    public string Path { get; } = path;

    public string EffectivePath => Path;

    public FrameworkName? TargetFramework => null;

    public NuGetFramework? NuGetFramework => null;

    public DateTimeOffset LastWriteTime { get; } = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public Stream GetStream() => open();
}
