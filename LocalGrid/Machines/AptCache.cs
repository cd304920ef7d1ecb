using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Machines;

/// <summary>
/// Keeps the packages that one machine downloaded for the next one. They are hard links, so nothing is copied. Machines share
/// no folder, because the apt of one would lock out the apt of another.
/// </summary>
internal sealed class AptCache(WorldPaths paths)
{
    private const string Archives = "var/cache/apt/archives";

    public void Fill(GuestFiles files)
    {
        if (!Directory.Exists(paths.AptCache))
        {
            return;
        }

        string target = files.Directory(Archives);
        foreach (string package in Directory.EnumerateFiles(paths.AptCache, "*.deb"))
        {
            _ = Libc.HardLink(package, Path.Combine(target, Path.GetFileName(package)));
        }
    }

    public void HarvestAll()
    {
        if (!Directory.Exists(paths.Machines))
        {
            return;
        }

        foreach (string machine in Directory.EnumerateDirectories(paths.Machines))
        {
            Harvest(machine);
        }
    }

    /// <summary>apt downloads into partial/ and moves complete files, so every .deb beside it is complete.</summary>
    public void Harvest(string machineDirectory)
    {
        string source = Path.Combine(machineDirectory, "upper", Archives);
        if (!Directory.Exists(source))
        {
            return;
        }

        RootFolder.Create(paths.Caches);
        RootFolder.Create(paths.AptCache);
        foreach (string package in Directory.EnumerateFiles(source, "*.deb"))
        {
            // Fails if the cache already has the file, which is the usual case.
            _ = Libc.HardLink(package, Path.Combine(paths.AptCache, Path.GetFileName(package)));
        }
    }
}
