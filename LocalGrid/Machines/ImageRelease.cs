using TfgridCompose.LocalGrid.Foundation;

namespace TfgridCompose.LocalGrid.Machines;

/// <summary>The distribution of this computer, and of its machines.</summary>
/// <param name="Id">debian, for example.</param>
/// <param name="Suite">bookworm, for example; null where os-release names none.</param>
internal sealed record ImageRelease(string Id, string? Suite)
{
    /// <summary>It belongs to a package of this computer, and no machine can write it.</summary>
    public string Keyring => $"/usr/share/keyrings/{Id}-archive-keyring.gpg";

    public static ImageRelease Of(Computer computer)
    {
        var release = File.ReadLines(computer.At("/etc/os-release"))
            .Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1].Trim('"'));
        return new ImageRelease(release.GetValueOrDefault("ID", ""), release.GetValueOrDefault("VERSION_CODENAME"));
    }

    /// <summary>
    /// Whether a Release text is of this suite, or of one of its additions (bookworm-updates, bookworm-security). The
    /// distribution's key has signed older suites too.
    /// </summary>
    public bool IsNamedIn(string text) => Suite is not null && text.Split('\n').Any(line =>
        line == $"Codename: {Suite}" || line.StartsWith($"Codename: {Suite}-", StringComparison.Ordinal));
}
