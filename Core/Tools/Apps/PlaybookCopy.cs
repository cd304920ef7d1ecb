using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Tools.Apps;

/// <summary>The copy in which the app's playbook runs. What it writes beside itself goes to the same place in the app's folder.</summary>
internal sealed class PlaybookCopy(PlaybookFiles files, string folder)
{
    /// <summary>For a failure: the usual reason why a file is not found.</summary>
    public const string Contents = "The playbook runs in a copy; docs/trust.md says which files of the app are in it.";

    // Python writes it beside the plugins that it loads.
    private const string Compiled = "__pycache__";

    private static readonly EnumerationOptions EveryFile = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>Returns the playbook's path in the copy.</summary>
    public string Write() => files.CopyTo(folder);

    /// <summary>
    /// Moves what the playbook wrote into the app's folder and removes the copy. What cannot be moved is kept under another name;
    /// then the result is a warning.
    /// </summary>
    public Diagnostic? Finish()
    {
        if (!Directory.Exists(folder))
        {
            return null;
        }

        HashSet<string> copied = [.. files.Files.Select(files.NameOf)];
        var left = new List<string>();
        string? problem = Try(() => BringBack(folder, copied, left));
        problem ??= left.Count == 0 ? Try(() => Directory.Delete(folder, recursive: true)) : null;
        return problem is null && left.Count == 0 ? null : Keep(copied, left, problem);
    }

    private Diagnostic Keep(HashSet<string> copied, List<string> left, string? problem)
    {
        string kept = $"{folder}-left";
        problem = Try(() => Remove(folder, copied)) ?? problem;
        if (Try(() => Directory.Move(folder, kept)) is { } unmoved)
        {
            (problem, kept) = (unmoved, folder);
        }

        IEnumerable<string> names = [.. left.Select(name => Path.Combine(kept, name)), .. problem is null ? [] : new[] { problem }];
        return Diagnostic.Warning(
            AppCodes.PlaybookLeft,
            PlainText.Of($"Files that the app's playbook wrote were not moved into the app's folder: {string.Join(", ", names)}"),
            $"take them from {kept}, then remove that folder");
    }

    private static string? Try(Action step)
    {
        try
        {
            step();
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return problem.Message;
        }
    }

    // All but what the playbook wrote.
    private void Remove(string from, HashSet<string> copied)
    {
        foreach (FileSystemInfo entry in new DirectoryInfo(from).EnumerateFileSystemInfos("*", EveryFile).ToArray())
        {
            bool isFolder = entry.LinkTarget is null && entry is DirectoryInfo;
            if (isFolder && entry.Name == Compiled)
            {
                Directory.Delete(entry.FullName, recursive: true);
            }
            else if (isFolder)
            {
                Remove(entry.FullName, copied);
                if (!Directory.EnumerateFileSystemEntries(entry.FullName).Any())
                {
                    Directory.Delete(entry.FullName);
                }
            }
            else if (copied.Contains(Path.GetRelativePath(folder, entry.FullName)))
            {
                entry.Delete();
            }
        }
    }

    private void BringBack(string from, HashSet<string> copied, List<string> left)
    {
        foreach (FileSystemInfo entry in new DirectoryInfo(from).EnumerateFileSystemInfos("*", EveryFile))
        {
            string name = Path.GetRelativePath(folder, entry.FullName);
            if (copied.Contains(name) && (entry.LinkTarget is not null || entry is FileInfo))
            {
                continue;
            }

            if (entry.LinkTarget is null && entry is DirectoryInfo)
            {
                if (entry.Name != Compiled)
                {
                    BringBack(entry.FullName, copied, left);
                }
            }
            else if (entry.LinkTarget is not null || !Move(entry.FullName, name))
            {
                left.Add(name);
            }
        }
    }

    // Overwrites no file and follows no link.
    private bool Move(string path, string name)
    {
        string target = files.PlaceOf(name);
        if (Path.Exists(target) || new FileInfo(target).LinkTarget is not null || LeadsThroughLink(name))
        {
            return false;
        }

        return Try(() =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target) ?? target);
            File.Move(path, target, overwrite: false);
        }) is null;
    }

    private bool LeadsThroughLink(string name)
    {
        for (string? above = Path.GetDirectoryName(name); !string.IsNullOrEmpty(above); above = Path.GetDirectoryName(above))
        {
            if (new FileInfo(files.PlaceOf(above)).LinkTarget is not null)
            {
                return true;
            }
        }

        return false;
    }
}
