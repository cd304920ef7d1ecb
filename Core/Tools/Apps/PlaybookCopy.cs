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

    /// <summary>Moves what the playbook wrote into the app's folder and removes the copy. Returns a warning if it cannot.</summary>
    public Diagnostic? Finish(bool keep)
    {
        var left = new List<string>();
        try
        {
            if (!Directory.Exists(folder))
            {
                return null;
            }

            BringBack(folder, [.. files.Files.Select(files.NameOf)], left);
            if (left.Count == 0 && !keep)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            left.Add($"{folder}: {problem.Message}");
        }

        return left.Count == 0 ? null : Diagnostic.Warning(
            AppCodes.PlaybookLeft,
            PlainText.Of($"Files that the app's playbook wrote were not moved into the app's folder: {string.Join(", ", left)}"),
            $"take them from {folder}, then remove that folder");
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
                left.Add(entry.FullName);
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

        Directory.CreateDirectory(Path.GetDirectoryName(target) ?? target);
        File.Move(path, target, overwrite: false);
        return true;
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
