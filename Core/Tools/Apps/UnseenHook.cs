namespace TfgridCompose.Core.Tools.Apps;

/// <summary>A hook on a host that this program, its connection or its computer did not see end.</summary>
/// <param name="Key">What the hook works from.</param>
/// <param name="Name">Its name.</param>
public sealed record UnseenHook(string Key, string Name)
{
    public static UnseenHook? Parse(string line) =>
        line.Trim().Split(' ') is [{ Length: > 0 } key, { Length: > 0 } name] ? new(key, name) : null;
}
