namespace TfgridCompose.LocalGrid.Control;

internal sealed record Leftover(string Kind, string Name)
{
    public const string Deployment = "deployment";
    public const string Network = "network";
    public const string Machine = "machine";
    public const string Cgroup = "cgroup";
    public const string Namespace = "namespace";
    public const string Link = "link";
    public const string WireGuard = "wireguard";
    public const string Disks = "disks";
    public const string Secrets = "secrets";
    public const string Image = "image";

    public override string ToString() => $"{Kind} {Name}";
}
