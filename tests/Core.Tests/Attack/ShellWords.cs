using System.Text;

namespace TfgridCompose.Core.Tests.Attack;

/// <summary>Reads a line as a POSIX shell does where everything that it would act on is quoted.</summary>
internal static class ShellWords
{
    private const string Active = "$`;|&<>()*?[]{}~#!\"\n";

    /// <summary>Throws a <see cref="FormatException"/> for what a shell would act on.</summary>
    public static IReadOnlyList<string> Of(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        bool begun = false;
        for (int i = 0; i < line.Length; i++)
        {
            switch (line[i])
            {
                case '\'':
                    int end = line.IndexOf('\'', i + 1);
                    word.Append(end < 0 ? throw new FormatException($"an open quote in {line}") : line[(i + 1)..end]);
                    i = end;
                    begun = true;
                    break;
                case '\\' when i + 1 < line.Length && line[i + 1] != '\n':
                    word.Append(line[++i]);
                    begun = true;
                    break;
                case ' ' or '\t':
                    if (begun)
                    {
                        words.Add(word.ToString());
                    }

                    word.Clear();
                    begun = false;
                    break;
                case var letter when Active.Contains(letter) || letter == '\\' || letter == '\0':
                    throw new FormatException($"a shell acts on {letter} in {line}");
                default:
                    word.Append(line[i]);
                    begun = true;
                    break;
            }
        }

        return begun ? [.. words, word.ToString()] : words;
    }
}
