using System.Globalization;
using TfgridCompose.Core.Foundation.Processes;

namespace TfgridCompose.Core.Tools.Apps;

/// <summary>How a hook ended, or that its end was not seen.</summary>
/// <param name="Hook">Its name.</param>
/// <param name="Place">Where it ran.</param>
/// <param name="Result">How the connection ended.</param>
/// <param name="Tail">The last lines of its output.</param>
public sealed record HookEnd(string Hook, HookPlace Place, ToolResult Result, string Tail)
{
    private readonly string _last = Result.LastErrorUnmasked;

    /// <summary>Null if the output does not report one.</summary>
    public int? ExitCode => _last.StartsWith(HookScript.Ended, StringComparison.Ordinal)
        && int.TryParse(_last[HookScript.Ended.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out int code)
        ? code
        : null;

    /// <summary>The connection ended before the hook did.</summary>
    public bool IsConnectionLost => ExitCode is null
        && _last != HookScript.Gone
        && Result.ExitCode != HookScript.NotStarted
        && !Result.TimedOut;
}
