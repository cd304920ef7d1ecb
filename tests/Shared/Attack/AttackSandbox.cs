using System.Globalization;
using System.Text;

namespace TfgridCompose.Tests.Shared.Attack;

/// <summary>
/// A folder to be changed, far down in a tree of files that nobody may touch, and a watch on the other places that hostile paths aim
/// at and on this process's children.
/// </summary>
internal sealed class AttackSandbox : IDisposable
{
    private const int GlobalEvery = 50;
    private const int ChildFaults = 10;
    // The product writes to disk for good, which takes most of the time elsewhere.
    private static readonly string Memory = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
    private static readonly string[] Levels = ["home", "ann", "work", "state"];
    private static readonly string[] Planted =
        ["canary", "canary.tf", ".ssh/id_ed25519", "Documents/notes.txt", "deployments/abc123xyz/deployment.json"];

    private static readonly string[] Aims =
    [
        "/", "/tmp", "/etc", "/etc/wireguard", "/root", "/var/lib", "/var/lib/tfgrid-compose/ranges", "/dev/shm",
        Environment.CurrentDirectory, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
    ];

    private readonly string _root = Directory.CreateDirectory(Path.Combine(Memory, $"tfc-attack-{Guid.NewGuid():N}")).FullName;
    private readonly string _before;
    private readonly string _elsewhere;
    private readonly string _children;
    private int _cases;

    public AttackSandbox()
    {
        string level = _root;
        foreach (string name in Levels)
        {
            Plant(level);
            level = Path.Combine(level, name);
        }

        Folder = Path.Combine(level, "box");
        Plant(level);
        Directory.CreateDirectory(Folder);
        _before = Tree();
        _elsewhere = Elsewhere();
        _children = Children();
    }

    /// <summary>What a case may change.</summary>
    public string Folder { get; }

    /// <summary>What was touched or started, or null. Looks beyond the tree at every fiftieth case, or where asked to.</summary>
    public string? Trace(bool everywhere = false)
    {
        if (Tree() is var now && now != _before)
        {
            return $"files outside of its folder changed:\n{now}\nwas:\n{_before}";
        }

        if (!everywhere && ++_cases % GlobalEvery != 0)
        {
            return null;
        }

        return Elsewhere() is var found && found != _elsewhere ? $"files outside of its folder:\n{found}"
            : Children() != _children ? "a process was started"
            : null;
    }

    public void Clear()
    {
        Directory.Delete(Folder, recursive: true);
        Directory.CreateDirectory(Folder);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static void Plant(string level)
    {
        foreach (string path in Planted)
        {
            string full = Path.Combine(level, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, "untouched");
        }
    }

    private string Tree()
    {
        var text = new StringBuilder();
        foreach (FileSystemInfo entry in new DirectoryInfo(_root).EnumerateFileSystemInfos("*", SearchOption.AllDirectories))
        {
            if (entry.FullName == Folder || entry.FullName.StartsWith($"{Folder}/", StringComparison.Ordinal))
            {
                continue;
            }

            long time = entry.FullName == Path.GetDirectoryName(Folder) ? 0 : entry.LastWriteTimeUtc.Ticks;
            text.Append(CultureInfo.InvariantCulture, $"{entry.FullName} {entry.UnixFileMode} {time} {entry.LinkTarget}\n");
        }

        return text.ToString();
    }

    private static string Elsewhere() => string.Join(
        '\n',
        Aims.Where(Directory.Exists).Distinct()
            .SelectMany(folder => Directory.GetFileSystemEntries(folder, $"*{HostileWords.Marker}*"))
            .Order(StringComparer.Ordinal));

    // Those that have ended leave their page faults with their parent.
    private static string Children()
    {
        string stat = File.ReadAllText("/proc/self/stat");
        string faults = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[ChildFaults - 2];
        IEnumerable<string> alive = Directory.GetDirectories("/proc/self/task").Select(task => $"{task}/children")
            .Where(File.Exists).Select(ReadOrNothing);
        return $"{faults} {string.Concat(alive.Order(StringComparer.Ordinal))}";
    }

    // Threads end.
    private static string ReadOrNothing(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
