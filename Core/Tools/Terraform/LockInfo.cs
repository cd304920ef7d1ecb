namespace TfgridCompose.Core.Tools.Terraform;

/// <summary>The holder of Terraform's own state lock, as printed by a failed command.</summary>
public sealed record LockInfo(string Id, string Who, string Created, string Operation)
{
    private const string Heading = "Lock Info:";

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
        return values.GetValueOrDefault("ID") is { Length: > 0 } id
            ? new LockInfo(
                id,
                values.GetValueOrDefault("Who", ""),
                values.GetValueOrDefault("Created", ""),
                values.GetValueOrDefault("Operation", ""))
            : null;
    }
}
