using System.Buffers;

namespace TfgridCompose.Core.Foundation.Processes;

/// <summary>Quotes words for a remote POSIX shell. Never used for commands on this machine.</summary>
public static class ShellQuote
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@%+=:,./-_");

    /// <summary>A word that the shell reads back as exactly this string.</summary>
    public static string Word(string text) => "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    /// <summary>A command line of quoted words.</summary>
    public static string Words(IEnumerable<string> words) => string.Join(' ', words.Select(IfNeeded));

    /// <summary>Quotes the word only if a shell would change it.</summary>
    public static string IfNeeded(string text) =>
        text.Length > 0 && !text.AsSpan().ContainsAnyExcept(Plain) ? text : Word(text);
}
