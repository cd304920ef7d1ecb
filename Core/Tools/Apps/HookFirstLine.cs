using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Manifests;

namespace TfgridCompose.Core.Tools.Apps;

/// <summary>
/// What an editor on Windows does to a script's first line. Linux then does not find the program that the line names, and
/// reports only "not found", exit code 127.
/// </summary>
internal static class HookFirstLine
{
    private const int Longest = 256;

    /// <summary>The problem of a hook, or null. Unreadable files are reported elsewhere.</summary>
    public static Diagnostic? ProblemOf(AppHook hook, string appFolder)
    {
        string path = Path.Combine(appFolder, hook.Path);
        return FirstBytes(path) switch
        {
            [0xEF, 0xBB, 0xBF, ..] => Wrong(hook, "begins with a byte order mark", $"sed -i '1s/^\\xEF\\xBB\\xBF//' {path}"),
            [(byte)'#', (byte)'!', .. var rest] when rest.IndexOf((byte)'\n') is > 0 and var end && rest[end - 1] == '\r' =>
                Wrong(hook, "ends its first line with a carriage return, as on Windows", $"sed -i 's/\\r$//' {path}"),
            _ => null,
        };
    }

    private static Span<byte> FirstBytes(string path)
    {
        byte[] bytes = new byte[Longest];
        try
        {
            using FileStream file = PlainFile.Open(path);
            return bytes.AsSpan(0, file.ReadAtLeast(bytes, Longest, throwOnEndOfStream: false));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static Diagnostic Wrong(AppHook hook, string what, string mend) => Diagnostic.Error(
        AppCodes.HookFirstLine,
        $"The {hook.Name} hook '{hook.Path}' {what}: Linux would not find the program that runs it.",
        $"convert it, for example with `{mend}`");
}
