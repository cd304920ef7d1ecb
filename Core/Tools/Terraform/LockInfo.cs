using System.Globalization;

namespace TfgridCompose.Core.Tools.Terraform;

/// <summary>The holder of Terraform's own state lock, as printed by a failed command.</summary>
public sealed record LockInfo(string Id, string Who, string Created, string Operation)
{
    private const string Heading = "Lock Info:";
    private const string HttpRefusal = "HTTP remote state already locked";
    private const string HttpId = "ID=";
    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss";

    /// <summary>
    /// Whether the holder is unknown. The http backend prints what this command asked for instead of what is held; only the
    /// id is the holder's.
    /// </summary>
    public bool IsUnknown => Who.Length == 0;

    /// <summary>The name of the holder's computer, as that computer calls itself.</summary>
    public string Host => Who[(Who.LastIndexOf('@') + 1)..];

    /// <summary>When it was taken, by the holder's clock; null if unknown.</summary>
    public DateTimeOffset? Since => Created.Length >= TimeFormat.Length
        && DateTimeOffset.TryParseExact(
            Created[..TimeFormat.Length],
            TimeFormat,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out DateTimeOffset since)
            ? since
            : null;

    /// <summary>The holder, for people.</summary>
    public string Holder => IsUnknown
        ? $"an unknown holder (lock {Id})"
        : $"{Who} since {Created} ({Operation}, lock {Id})";

    /// <summary>Reads the block that Terraform and OpenTofu print, framed or not; null if there is none.</summary>
    public static LockInfo? In(string text)
    {
        string[] lines = [.. text.Split('\n').Select(line => line.Trim(' ', '│', '\r'))];
        int heading = Array.IndexOf(lines, Heading);
        if (heading < 0)
        {
            return null;
        }

        var values = lines.Skip(heading + 1)
            .TakeWhile(line => line.Contains(':', StringComparison.Ordinal))
            .Select(line => line.Split(':', 2))
            .DistinctBy(pair => pair[0])
            .ToDictionary(pair => pair[0], pair => pair[1].Trim());
        if (values.GetValueOrDefault("ID") is not { Length: > 0 } id)
        {
            return null;
        }

        return lines[..heading].FirstOrDefault(line => line.Contains(HttpRefusal, StringComparison.Ordinal)) is { } http
            ? new LockInfo(IdIn(http) ?? id, "", "", "")
            : new LockInfo(
                id,
                values.GetValueOrDefault("Who", ""),
                values.GetValueOrDefault("Created", ""),
                values.GetValueOrDefault("Operation", ""));
    }

    private static string? IdIn(string refusal) =>
        refusal.IndexOf(HttpId, StringComparison.Ordinal) is >= 0 and int at
            && refusal[(at + HttpId.Length)..].Split(' ')[0] is { Length: > 0 } id
            ? id
            : null;
}
