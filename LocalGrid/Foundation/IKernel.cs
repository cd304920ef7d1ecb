namespace TfgridCompose.LocalGrid.Foundation;

/// <summary>System calls that need root, or that cannot be undone.</summary>
internal interface IKernel
{
    bool IsRoot { get; }

    /// <summary>Returns null, or why it failed.</summary>
    string? Mount(string source, string target, string type, string options);

    /// <summary>Does nothing if nothing is mounted. With detach, it also works while files are in use.</summary>
    void Unmount(string target, bool detach);

    /// <summary>SIGKILL.</summary>
    void Kill(int process);

    /// <summary>rmdir(2), the only way to remove a cgroup. False if it is busy.</summary>
    bool RemoveDirectory(string path);
}
