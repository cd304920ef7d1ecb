namespace TfgridCompose.LocalGrid.World;

/// <summary>Where the local grid keeps its files. TFGRID_LOCALGRID_HOME moves all of them, for tests.</summary>
internal sealed record WorldPaths(string Root)
{
    public const string DefaultRoot = "/var/lib/tfgrid-localgrid";

    public static WorldPaths Default { get; } = new(Environment.GetEnvironmentVariable("TFGRID_LOCALGRID_HOME") is { Length: > 0 } home
        ? Path.GetFullPath(home)
        : DefaultRoot);

    public string World => Path.Combine(Root, "world.json");

    public string EndedContracts => Path.Combine(Root, "ended.json");

    public string Lock => Path.Combine(Root, "world.lock");

    public string StartLock => Path.Combine(Root, "start.lock");

    public string ImageLock => Path.Combine(Root, "image.lock");

    public string Images => Path.Combine(Root, "images");

    public string Caches => Path.Combine(Root, "cache");

    public string AptCache => Path.Combine(Caches, "packages");

    /// <summary>An older build's cache, whose content was never checked.</summary>
    public string UncheckedAptCache => Path.Combine(Caches, "apt");

    public string Machines => Path.Combine(Root, "machines");

    public string Disks => Path.Combine(Root, "disks");

    public string Secrets => Path.Combine(Root, "secrets");

    public string MachineOf(string machine) => Path.Combine(Machines, machine);

    public string DisksOf(long contract) => Path.Combine(Disks, $"c{contract}");

    public string SecretsOf(string network) => Path.Combine(Secrets, $"network-{network}.json");
}
