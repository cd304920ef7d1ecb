using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Fingerprints;

namespace TfgridCompose.Core.Deploying.Planning;

/// <summary>
/// The parts of a phase's inputs as lines of the record: a mark, a letter for the kind, a space, the name. Their number and
/// size are limited: too many files are recorded as one part, and too much text is not recorded at all.
/// </summary>
public static class InputLines
{
    private const string AllFiles = "the app's files";
    private const string Kinds = "svfdr";
    private const int MostFiles = 300;
    private const int MostCharacters = 64 * 1024;

    public static IReadOnlyList<string> Of(string key, IReadOnlyList<InputPart> parts)
    {
        string[] lines = [.. Bounded(parts).Select(part => Line(key, part)).Distinct()];
        return lines.Sum(line => line.Length) <= MostCharacters ? lines : [];
    }

    public static InputChanges Between(IReadOnlyList<string> before, IReadOnlyList<string> now)
    {
        Dictionary<string, string> old = ByName(before);
        Dictionary<string, string> present = ByName(now);
        string[] changed = [.. present.Keys.Where(name => old.TryGetValue(name, out string? mark) && mark != present[name])];
        string[] added = [.. present.Keys.Where(name => !old.ContainsKey(name))];
        string[] removed = [.. old.Keys.Where(name => !present.ContainsKey(name))];
        bool onlyDerived = changed.Concat(added).Concat(removed).All(name => KindOf(name) == InputKind.Derived);
        return new InputChanges
        {
            Changed = Shown(changed, onlyDerived),
            Added = Shown(added, onlyDerived),
            Removed = Shown(removed, onlyDerived),
            Remarks = [.. added.Where(name => KindOf(name) == InputKind.Remark).Select(NameOf)],
        };
    }

    private static IEnumerable<InputPart> Bounded(IReadOnlyList<InputPart> parts)
    {
        InputPart[] files = [.. parts.Where(part => part.Kind == InputKind.File)];
        return files.Length <= MostFiles
            ? parts
            : parts.Where(part => part.Kind != InputKind.File).Append(new InputPart(
                InputKind.File, AllFiles, Fingerprint.Of(files.SelectMany(file => new[] { file.Name, file.Content }))));
    }

    private static string Line(string key, InputPart part)
    {
        string name = $"{Kinds[(int)part.Kind]} {PlainText.Of(part.Name)}";
        return KeyedMark.Of(key, name, part.Content) + name;
    }

    // Damaged lines are ignored.
    private static Dictionary<string, string> ByName(IReadOnlyList<string> lines)
    {
        var marks = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in lines.Where(IsWhole))
        {
            marks[line[KeyedMark.Length..]] = line[..KeyedMark.Length];
        }

        return marks;
    }

    private static bool IsWhole(string line) =>
        line.Length > KeyedMark.Length + 2 && Kinds.Contains(line[KeyedMark.Length], StringComparison.Ordinal);

    private static InputKind KindOf(string name) => (InputKind)Kinds.IndexOf(name[0], StringComparison.Ordinal);

    private static string NameOf(string name) => name[2..];

    private static string[] Shown(IEnumerable<string> names, bool derived) =>
    [
        .. names.Where(name => derived ? KindOf(name) == InputKind.Derived : IsNamed(KindOf(name))).Select(NameOf),
    ];

    private static bool IsNamed(InputKind kind) => kind is InputKind.Setting or InputKind.Variable or InputKind.File;
}
