using System.Text.RegularExpressions;

namespace TfgridCompose.Core.Tools.Apps;

/// <summary>A hook on a host whose end was not seen, because this program, its connection or its computer failed.</summary>
/// <param name="Key">What the hook works from.</param>
/// <param name="Name">Its name.</param>
public sealed partial record UnseenHook(string Key, string Name)
{
    /// <summary>Null for anything else: the line comes from a file on the machine.</summary>
    public static UnseenHook? Parse(string line) =>
        Form().Match(line) is { Success: true } match ? new(match.Groups[1].Value, match.Groups[2].Value) : null;

    [GeneratedRegex("^([0-9a-f]+) (setup|configure|healthcheck)\\n?$")]
    private static partial Regex Form();
}
