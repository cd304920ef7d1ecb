using System.Text.Json;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Plugins.Packages;

/// <summary>
/// The user's plugins folder while it is changed, under its lock. A change is a rename that either happened or not; what a killed one left
/// says by its name what to do with it: <c>.staging-*</c> never came in, <c>.old-NAME</c> was to be replaced, <c>.removed-NAME</c> is to go.
/// </summary>
internal sealed class PluginsFolder(TfgridHome home)
{
    // An installed pattern carries its line of the lock, so that a kill between the rename and the lock's writing loses nothing.
    public const string Receipt = ".installed.json";

    private const string Staging = ".staging-";
    private const string Old = ".old-";
    private const string Removed = ".removed-";

    public string Of(string name) => Path.Combine(home.Plugins, name);

    /// <summary>A new folder on the plugins' own volume, so that what is made in it can be renamed into place.</summary>
    public string NewStaging()
    {
        string folder = Of($"{Staging}{Guid.NewGuid():N}");
        PrivateFile.CreateFolder(folder);
        return folder;
    }

    /// <summary>Puts a staged pattern in its place and into the lock. On failure both are as before.</summary>
    public void Swap(string staged, LockedPattern entry, PatternsLock locked)
    {
        string place = Of(entry.Name);
        string old = Of(Old + entry.Name);
        PrivateFile.Write(Path.Combine(staged, Receipt), JsonSerializer.Serialize(entry, PackageJson.Default.LockedPattern));
        bool replaces = Directory.Exists(place);
        if (replaces)
        {
            Directory.Move(place, old);
        }

        try
        {
            Directory.Move(staged, place);
            locked.Put(entry);
        }
        catch
        {
            if (Directory.Exists(place))
            {
                Directory.Move(place, staged);
            }

            if (replaces)
            {
                Directory.Move(old, place);
            }

            throw;
        }

        Discard(old);
    }

    /// <summary>Takes a plugin out; the lock's line goes with it.</summary>
    public void Remove(string folder, PatternsLock locked)
    {
        string name = Path.GetFileName(folder);
        string root = Path.GetDirectoryName(folder) ?? home.Plugins;
        string aside = Path.Combine(root, Removed + name);

        // Recover knows the user's plugins folder only, and the plugin may be in the older tool's.
        Array.ForEach(Directory.GetDirectories(root, Removed + "*"), Discard);
        Directory.Move(folder, aside);
        locked.Remove(name);
        Directory.Delete(aside, recursive: true);
    }

    /// <summary>Ends what a killed run began: back where nothing came in yet, forward where it did.</summary>
    public void Recover(PatternsLock locked)
    {
        PrivateFile.CreateFolder(home.Plugins);
        string[] leftovers = [.. new[] { Staging, Old, Removed }.SelectMany(prefix => Directory.GetDirectories(home.Plugins, prefix + "*"))];
        foreach (string leftover in leftovers)
        {
            string mark = Path.GetFileName(leftover);
            if (mark.StartsWith(Old, StringComparison.Ordinal) && !Directory.Exists(Of(mark[Old.Length..])))
            {
                Directory.Move(leftover, Of(mark[Old.Length..]));
                continue;
            }

            if (mark.StartsWith(Removed, StringComparison.Ordinal))
            {
                locked.Remove(mark[Removed.Length..]);
            }

            Directory.Delete(leftover, recursive: true);
        }

        // Without a lock the receipts are all that tells whose a pattern is.
        if (leftovers.Length > 0 || !File.Exists(home.PatternsLock))
        {
            ReadReceipts(locked);
        }
    }

    /// <summary>Deletes what is of no more use; what cannot be deleted now is deleted by the next change.</summary>
    public static void Discard(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // A leftover is found by Recover; the change itself is done, or its own problem is on the way up.
        }
    }

    private void ReadReceipts(PatternsLock locked)
    {
        foreach (string folder in Directory.GetDirectories(home.Plugins))
        {
            if (ReceiptOf(folder) is { Flaw: null } entry && entry.Name == Path.GetFileName(folder) && entry != locked.Of(entry.Name))
            {
                locked.Put(entry);
            }
        }
    }

    private static LockedPattern? ReceiptOf(string folder)
    {
        try
        {
            string file = Path.Combine(folder, Receipt);
            return File.Exists(file) ? JsonSerializer.Deserialize(File.ReadAllText(file), PackageJson.Default.LockedPattern) : null;
        }
        catch (Exception problem) when (problem is JsonException or IOException or UnauthorizedAccessException)
        {
            // Somebody wrote into it; the lock keeps what it says.
            return null;
        }
    }
}
