using System.Buffers;

namespace TfgridCompose.Core.Foundation.Processes;

/// <summary>The one place that quotes for a remote POSIX shell. Never used for commands on this machine.</summary>
public static class ShellQuote
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@%+=:,./-_");

    /// <summary>A word that the shell reads back as exactly this text.</summary>
    public static string Word(string text) => "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    /// <summary>A command line of quoted words.</summary>
    public static string Words(IEnumerable<string> words) => string.Join(' ', words.Select(IfNeeded));

    /// <summary>The word as it is where no shell would change it, else quoted.</summary>
    public static string IfNeeded(string text) =>
        text.Length > 0 && !text.AsSpan().ContainsAnyExcept(Plain) ? text : Word(text);
}
