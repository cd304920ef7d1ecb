using TfgridCompose.Core.Foundation.Files;

namespace TfgridCompose.Core.Manifests.Reading;

/// <summary>A path from a manifest, with symbolic links followed.</summary>
/// <param name="Relative">Relative to the app's folder, with forward slashes, normalised.</param>
/// <param name="Full">The absolute path, with links not followed.</param>
/// <param name="Status">What exists at the path.</param>
internal sealed record AppPath(string Relative, string Full, AppPathStatus Status)
{
    private const int MostLinks = 40;

    /// <summary>Whether anything is at the path itself, even a link to nothing.</summary>
    public bool IsThere => Path.Exists(Full) || new FileInfo(Full).LinkTarget is not null;

    public static AppPath Of(string appFolder, string text)
    {
        string full = Path.GetFullPath(Path.Combine(appFolder, text.Trim()));
        string relative = Path.GetRelativePath(appFolder, full).Replace('\\', '/');
        return new AppPath(relative, full, StatusOf(appFolder, text, full));
    }

    /// <summary>The path with every link resolved; unchanged if the links form a loop.</summary>
    public static string Resolve(string path)
    {
        int links = 0;
        return Real(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)), ref links) ?? path;
    }

    private static AppPathStatus StatusOf(string appFolder, string text, string full)
    {
        int links = 0;
        if (Path.IsPathRooted(text.Trim()) || !IsInside(appFolder, full)
            || Real(full, ref links) is not string real || !IsInside(Real(appFolder, ref links) ?? appFolder, real))
        {
            return AppPathStatus.Outside;
        }

        return File.Exists(real)
            ? (PlainFile.IsSpecial(real) ? AppPathStatus.Special : AppPathStatus.File)
            : Directory.Exists(real)
            ? AppPathStatus.Folder
            : AppPathStatus.Missing;
    }

    public static bool IsInside(string folder, string path) =>
        path == folder || path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);

    // .NET resolves only a link at the end of a path, but a parent folder may be one too. Null for a loop of links.
    private static string? Real(string path, ref int links)
    {
        string? parent = Path.GetDirectoryName(path);
        if (parent is null)
        {
            return path;
        }

        string? realParent = Real(parent, ref links);
        if (realParent is null)
        {
            return null;
        }

        string here = Path.Combine(realParent, Path.GetFileName(path));
        if (new FileInfo(here).LinkTarget is not string target)
        {
            return here;
        }

        return ++links > MostLinks ? null : Real(Path.GetFullPath(Path.Combine(realParent, target)), ref links);
    }
}

internal enum AppPathStatus
{
    File,
    Folder,
    Missing,
    Outside,

    /// <summary>A named pipe, a socket or a device.</summary>
    Special,
}
