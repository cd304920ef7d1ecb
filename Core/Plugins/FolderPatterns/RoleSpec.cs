namespace TfgridCompose.Core.Plugins.FolderPatterns;

/// <summary>A role of a folder pattern and the size of its machines.</summary>
internal sealed record RoleSpec
{
    public required string Name { get; init; }

    public string Description { get; init; } = "";

    public required Amount Count { get; init; }

    public required Amount Cpu { get; init; }

    /// <summary>In MB.</summary>
    public required Amount Memory { get; init; }

    /// <summary>In MB.</summary>
    public required Amount Disk { get; init; }

    /// <summary>The option that names nodes, or null.</summary>
    public string? Node { get; init; }

    /// <summary>The name of a machine: valid on the grid, and different from the role's Ansible group.</summary>
    public string HostName(int index) => $"{Name.Replace('-', '_')}_{index + 1}";
}
