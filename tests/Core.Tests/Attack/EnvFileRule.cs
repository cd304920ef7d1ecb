using TfgridCompose.Tests.Shared.Attack;

namespace TfgridCompose.Core.Tests.Attack;

/// <summary>A shell that reads the file has exactly these variables.</summary>
internal static class EnvFileRule
{
    public static void Hold(string file, IReadOnlyList<KeyValuePair<string, string>> values)
    {
        int at = 0;
        foreach ((string name, string value) in values)
        {
            AttackFailure.Unless(
                string.CompareOrdinal(file, at, $"{name}='", 0, name.Length + 2) == 0, $"{name} is not where it should be in:\n{file}");
            int end = EndOf(file, at + name.Length + 1);
            string word = file[(at + name.Length + 1)..end];
            string read = ShellWords.Of(word) is [var only] ? only : "";
            AttackFailure.Unless(read == value, $"a shell reads another value of {name}: {word}");
            AttackFailure.Unless(end < file.Length && file[end] == '\n', $"something follows {name} in:\n{file}");
            at = end + 1;
        }

        AttackFailure.Unless(at == file.Length, $"something follows the last value in:\n{file}");
    }

    // Where the word ends: quoted pieces and quotes with a backslash, as in 'it'\''s'.
    private static int EndOf(string file, int at)
    {
        while (at < file.Length && file[at] != '\n')
        {
            at = file[at] == '\'' ? file.IndexOf('\'', at + 1) + 1 : file[at] == '\\' ? at + 2 : at + 1;
            AttackFailure.Unless(at > 0, "a quote is not closed");
        }

        return at;
    }
}
