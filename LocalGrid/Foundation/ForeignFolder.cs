using Microsoft.Win32.SafeHandles;

namespace TfgridCompose.LocalGrid.Foundation;

/// <summary>
/// A folder in a tree that somebody else writes to, for example a machine, perhaps right now. No link is followed on the way
/// to a file, or at its end: each step opens one name in the folder before it.
/// </summary>
internal sealed class ForeignFolder : IDisposable
{
    // Somebody else decides how many entries there are.
    private const int MostEntries = 20_000;

    private readonly SafeFileHandle _folder;

    private ForeignFolder(SafeFileHandle folder) => _folder = folder;

    /// <summary>Null if one of the steps is missing or is not a folder.</summary>
    /// <param name="root">A folder whose own path is ours.</param>
    public static ForeignFolder? Open(string root, string path)
    {
        SafeFileHandle current = Libc.Open(Libc.WorkingFolder, root, Libc.OpenFolder);
        foreach (string step in path.Split('/'))
        {
            if (current.IsInvalid)
            {
                break;
            }

            using SafeFileHandle parent = current;
            current = Libc.Open((int)parent.DangerousGetHandle(), step, Libc.OpenFolder);
        }

        if (!current.IsInvalid)
        {
            return new ForeignFolder(current);
        }

        current.Dispose();
        return null;
    }

    /// <summary>Names with this ending, of any kind of entry.</summary>
    public IReadOnlyList<string> Names(string end) =>
    [
        .. Directory.EnumerateFileSystemEntries($"/proc/self/fd/{_folder.DangerousGetHandle()}").Take(MostEntries)
            .Select(path => Path.GetFileName(path)).Where(name => name.EndsWith(end, StringComparison.Ordinal)),
    ];

    /// <summary>An open regular file of at most this length, or null. A pipe does not make it wait.</summary>
    public FileStream? OpenFile(string name, long longest)
    {
        SafeFileHandle file = Libc.Open((int)_folder.DangerousGetHandle(), name, Libc.OpenFile);
        if (!file.IsInvalid && FileStatus.LengthOfRegular(file) is { } length && length <= longest)
        {
            return new FileStream(file, FileAccess.Read, bufferSize: 0);
        }

        file.Dispose();
        return null;
    }

    public void Dispose() => _folder.Dispose();
}
