using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Machines;

internal static class Trees
{
    /// <summary>Never through a mount: what is still mounted below is a disk with data.</summary>
    public static void Delete(string directory)
    {
        if (!Directory.Exists(directory))
        {
            return;
        }

        var prefix = directory + "/";
        if (MountTable.MountPoints().FirstOrDefault(p => p == directory || p.StartsWith(prefix, StringComparison.Ordinal)) is { } mounted)
        {
            throw new GridException(
                "A mount is in the way",
                $"{mounted} is still mounted; its files are in use. End what uses it, then run the prune verb");
        }

        Directory.Delete(directory, recursive: true);
    }

    /// <summary>File.Delete minds a missing directory.</summary>
    public static void DeleteFile(string path)
    {
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }
}
