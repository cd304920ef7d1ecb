namespace TfgridCompose.Tests.Shared.Attack;

/// <summary>Spoils a text of lines, most of them with a key and a value.</summary>
/// <param name="random">The source of chance.</param>
/// <param name="separators">What stands between key and value.</param>
/// <param name="known">Lines that mean something in this kind of text.</param>
internal sealed class LineMutations(Random random, string separators, IReadOnlyList<string> known)
{
    public string Spoiled(string seed)
    {
        List<string> lines = [.. seed.Split('\n')];
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            Change(lines);
        }

        return string.Join(random.Next(15) == 0 ? "\r\n" : "\n", lines);
    }

    private void Change(List<string> lines)
    {
        int at = random.Next(lines.Count);
        string line = lines[at];
        switch (random.Next(14))
        {
            case <= 4:
                lines[at] = WithValue(line);
                break;
            case 5:
                lines[at] = HostileWords.In(random, line);
                break;
            case 6 or 7:
                lines.Insert(at, HostileWords.Pick(random, known));
                break;
            case 8:
                lines.Insert(at, HostileWords.In(random, HostileWords.Pick(random, known)));
                break;
            case 9:
                lines.Insert(random.Next(lines.Count), line);
                break;
            case 10 when lines.Count > 1:
                lines.RemoveAt(at);
                break;
            case 11:
                lines[at] = (random.Next(2) == 0 ? " " : "\t") + (random.Next(2) == 0 ? line.ToUpperInvariant() : line.ToLowerInvariant());
                break;
            case 12:
                (lines[at], lines[random.Next(lines.Count)]) = (lines[random.Next(lines.Count)], line);
                break;
            default:
                lines[at] = line + HostileWords.Pick(random, HostileWords.Lines);
                break;
        }
    }

    private string WithValue(string line)
    {
        int at = line.IndexOfAny([.. separators]);
        if (at < 0)
        {
            return HostileWords.In(random, line);
        }

        string value = line[(at + 1)..];
        return line[..(at + 1)] + (random.Next(2) == 0 ? " " : "") + HostileWords.In(random, value.Trim());
    }
}
