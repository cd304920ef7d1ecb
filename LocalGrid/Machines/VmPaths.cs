namespace TfgridCompose.LocalGrid.Machines;

/// <summary>Files of one machine.</summary>
internal sealed record VmPaths(string Directory)
{
    public string Upper => Path.Combine(Directory, "upper");

    public string Work => Path.Combine(Directory, "work");

    public string Root => Path.Combine(Directory, "root");

    public string Console => Path.Combine(Directory, "console.log");

    public string PowerLock => Path.Combine(Directory, "power.lock");

    public string PidFile => Path.Combine(Directory, "pid");
}
