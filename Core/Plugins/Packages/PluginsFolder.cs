using System.Text.Json;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Plugins.Packages;

/// <summary>
/// Changes the user's plugins folder, under its lock. Every change is an atomic rename. The name of a leftover of a
/// killed change says what to do with it: <c>.staging-*</c> was never installed, <c>.old-NAME</c> was being replaced,
/// <c>.removed-NAME</c> is to be deleted.
/// </summary>
internal sealed class PluginsFolder(TfgridHome home)
{
    // Each installed pattern holds its own lock entry, so a kill between the rename and writing patterns.lock loses
    // nothing.
    public const string Receipt = ".installed.json";

    private const string Staging = ".staging-";
    private const string Old = ".old-";
    private const string Removed = ".removed-";

    public string Of(string name) => Path.Combine(home.Plugins, name);

    /// <summary>
    /// A new folder on the same volume as the plugins, so that its content can be renamed into place.
    /// </summary>
    public string NewStaging()
    {
        string folder = Of($"{Staging}{Guid.NewGuid():N}");
        PrivateFile.CreateFolder(folder);
        return folder;
    }

    /// <summary>Moves a staged pattern into place and adds it to the lock. On failure, both are unchanged.</summary>
    public void Swap(string staged, LockedPattern entry, PatternsLock locked)
    {
        string place = Of(entry.Name);
        string old = Of(Old + entry.Name);
        PrivateFile.Write(
            Path.Combine(staged, Receipt), JsonSerializer.Serialize(entry, PackageJson.Default.LockedPattern));
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

    /// <summary>Removes a plugin and its lock entry.</summary>
    public void Remove(string folder, PatternsLock locked)
    {
        string name = Path.GetFileName(folder);
        string root = Path.GetDirectoryName(folder) ?? home.Plugins;
        string aside = Path.Combine(root, Removed + name);

        // Recover handles only the user's plugins folder, but the plugin may be in the older tool's folder.
        Array.ForEach(Directory.GetDirectories(root, Removed + "*"), Discard);
        Directory.Move(folder, aside);
        locked.Remove(name);
        Directory.Delete(aside, recursive: true);
    }

    /// <summary>Completes or reverts the changes of a killed run.</summary>
    public void Recover(PatternsLock locked)
    {
        PrivateFile.CreateFolder(home.Plugins);
        string[] leftovers =
        [
            .. new[] { Staging, Old, Removed }
                .SelectMany(prefix => Directory.GetDirectories(home.Plugins, prefix + "*")),
        ];
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

        // Without patterns.lock, only the receipts tell which package a pattern comes from.
        if (leftovers.Length > 0 || !File.Exists(home.PatternsLock))
        {
            ReadReceipts(locked);
        }
    }

    /// <summary>Deletes a folder that is no longer needed. If that fails, the next change deletes it.</summary>
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
            // Recover will find the leftover. The change itself is done, or its own problem is being reported.
        }
    }

    private void ReadReceipts(PatternsLock locked)
    {
        foreach (string folder in Directory.GetDirectories(home.Plugins))
        {
            if (ReceiptOf(folder) is { Flaw: null } entry
                && entry.Name == Path.GetFileName(folder)
                && entry != locked.Of(entry.Name))
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
            return File.Exists(file)
                ? JsonSerializer.Deserialize(PlainFile.ReadText(file), PackageJson.Default.LockedPattern)
                : null;
        }
        catch (Exception problem) when (problem is JsonException or IOException or UnauthorizedAccessException)
        {
            // The receipt was damaged; the lock entry is kept.
            return null;
        }
    }
}
