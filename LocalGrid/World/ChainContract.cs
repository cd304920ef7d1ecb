namespace TfgridCompose.LocalGrid.World;

/// <summary>What the chain knows of a contract, also after its end.</summary>
internal sealed record ChainContract
{
    public required long Id { get; init; }

    public required int Node { get; init; }

    public required long CreatedAt { get; init; }

    /// <summary>"vm" or "network", as in the contract's deployment data.</summary>
    public required string Type { get; init; }

    public required string Name { get; init; }

    public required string ProjectName { get; init; }

    public int PublicIps { get; init; }

    public static ChainContract Of(NetworkRecord network, NetworkMember member) => new()
    {
        Id = member.Contract,
        Node = member.Node,
        CreatedAt = member.CreatedAt,
        Type = "network",
        Name = network.Name,
        ProjectName = NetworkRecord.ProjectName,
    };

    public static ChainContract Of(DeploymentRecord deployment) => new()
    {
        Id = deployment.Contract,
        Node = deployment.Node,
        CreatedAt = deployment.CreatedAt,
        Type = "vm",
        Name = deployment.Name,
        ProjectName = deployment.ProjectName,
        PublicIps = deployment.Vms.Count(vm => vm.PublicIp is not null),
    };
}
