using System.Globalization;
using System.Text;

namespace TfgridCompose.EndToEnd.Tests.Support;

/// <summary>A process of this machine through /proc. What has ended meanwhile reads as empty.</summary>
internal sealed record ProcessFiles(int Id)
{
    /// <summary>The first 15 characters of its program's name.</summary>
    public string Name => Read("comm").TrimEnd();

    public string CommandLine => Read("cmdline").Replace('\0', ' ').TrimEnd();

    public string Environment => Read("environ");

    public string Cgroup => Read("cgroup");

    public bool IsZombie => Read("stat").Split(") ") is [_, { Length: > 0 } rest, ..] && rest[0] == 'Z';

    /// <summary>The parent's id, or null where it has ended.</summary>
    public int? Parent =>
        Read("stat").Split(") ") is [_, .., { } rest] && rest.Split(' ') is [_, var parent, ..]
            ? int.Parse(parent, CultureInfo.InvariantCulture)
            : null;

    public static IEnumerable<ProcessFiles> All() => Directory.EnumerateDirectories("/proc")
        .Select(
            path =>
                int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                    ? new ProcessFiles(id)
                    : null)
        .OfType<ProcessFiles>();

    private string Read(string file)
    {
        try
        {
            return Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{Id}/{file}"));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
