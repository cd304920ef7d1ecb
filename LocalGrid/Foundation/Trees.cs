namespace TfgridCompose.LocalGrid.Foundation;

internal static class Trees
{
    /// <summary>Never deletes through a mount: that would be the data of a disk.</summary>
    public static void Delete(Computer computer, string directory)
    {
        if (!Directory.Exists(directory))
        {
            return;
        }

        string prefix = directory + "/";
        string? mounted = MountTable.MountPoints(computer)
            .FirstOrDefault(point => point == directory || point.StartsWith(prefix, StringComparison.Ordinal));
        if (mounted is not null)
        {
            throw new GridException(
                "A mount is in the way",
                $"{mounted} is still mounted because its files are in use. End the program that uses them, then run the prune verb");
        }

        Directory.Delete(directory, recursive: true);
    }

    /// <summary>Unlike File.Delete it also accepts a missing directory.</summary>
    public static void DeleteFile(string path)
    {
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }
}
