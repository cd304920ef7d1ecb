using TfgridCompose.LocalGrid.Foundation;

namespace TfgridCompose.LocalGrid.Tests.Support;

/// <summary>System calls on a computer that is a folder.</summary>
internal sealed class FakeKernel(string root) : IKernel
{
    private readonly Lock _mounts = new();

    public bool IsRoot { get; set; } = true;

    /// <summary>The error of each mount.</summary>
    public string? MountProblem { get; set; }

    /// <summary>How many removals of a directory fail at first.</summary>
    public int BusyRemovals { get; set; }

    /// <summary>Processes that a kill does not end.</summary>
    public HashSet<int> Immortal { get; } = [];

    public List<int> Killed { get; } = [];

    private string MountTable => $"{root}/proc/self/mounts";

    public string? Mount(string source, string target, string type, string options)
    {
        if (MountProblem is null)
        {
            AddMount($"{source} {target} {type} {options} 0 0");
        }

        return MountProblem;
    }

    public void AddMount(string line)
    {
        lock (_mounts)
        {
            File.AppendAllText(MountTable, line + "\n");
        }
    }

    public void Unmount(string target, bool detach)
    {
        lock (_mounts)
        {
            File.WriteAllLines(MountTable, File.ReadAllLines(MountTable).Where(line => line.Split(' ')[1] != target));
        }
    }

    public void Kill(int process)
    {
        Killed.Add(process);
        if (Immortal.Contains(process))
        {
            return;
        }

        foreach (string file in Directory.GetFiles($"{root}/sys/fs/cgroup", "cgroup.procs", SearchOption.AllDirectories))
        {
            File.WriteAllLines(file, File.ReadAllLines(file).Where(line => line != $"{process}"));
        }
    }

    public bool RemoveDirectory(string path)
    {
        if (BusyRemovals-- > 0)
        {
            return false;
        }

        // rmdir(2) removes a cgroup with its files, but not with child groups.
        foreach (string file in Directory.GetFiles(path))
        {
            File.Delete(file);
        }

        Directory.Delete(path);
        return true;
    }
}
