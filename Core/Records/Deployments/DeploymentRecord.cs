namespace TfgridCompose.Core.Records.Deployments;

/// <summary>
/// Everything that <c>status</c>, <c>ssh</c>, <c>down</c> and other verbs need to know about a deployment, so that they
/// work even if the app folder or the pattern is gone. It holds no mnemonic. The deployment's keys are derived from the
/// seed, so the file has mode 0600. Members with a default are `set`, because generated readers would reset an `init`
/// member that the file lacks to its type's default.
/// </summary>
public sealed record DeploymentRecord
{
    public const int CurrentSchema = 1;

    public int Schema { get; set; } = CurrentSchema;

    /// <summary>The version of tfgrid-compose that wrote it last; null in older records.</summary>
    public string? WrittenBy { get; set; }

    public required string Id { get; init; }

    /// <summary>
    /// The app's name, or the one given with <c>--name</c>. Unique among the deployments of one app folder.
    /// </summary>
    public required string Name { get; init; }

    public required string AppName { get; init; }

    public string AppVersion { get; set; } = "";

    public required string AppPath { get; init; }

    public required string PatternName { get; init; }

    public string PatternVersion { get; set; } = "";

    public required string Grid { get; init; }

    public DeploymentStatus Status { get; set; } = DeploymentStatus.Deploying;

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required string IpRange { get; init; }

    public required string Seed { get; init; }

    public string SshUser { get; set; } = "root";

    /// <summary>Path of the private key, or null if an SSH agent holds it.</summary>
    public string? SshKey { get; init; }

    public IReadOnlyList<string> SshPublicKeys { get; set; } = [];

    public IReadOnlyList<RecordedHost> Hosts { get; set; } = [];

    public RecordedOutputs? Outputs { get; init; }

    public string? WireguardInterface { get; init; }

    /// <summary>Addresses of resources to destroy before a failed apply is tried again.</summary>
    public IReadOnlyList<string> DestroyBeforeRetry { get; set; } = [];

    public IReadOnlyList<RecordedEndpoint> Endpoints { get; set; } = [];

    /// <summary>Where state and record are shared between machines, or null if they are on this machine only.</summary>
    public RecordedBackend? SharedState { get; init; }

    /// <summary>Which machine holds the deployment's one WireGuard peer, or null.</summary>
    public TunnelHolder? Tunnel { get; init; }

    /// <summary>Public keys that the machines were created with.</summary>
    public IReadOnlyList<string> AuthorizedKeys { get; set; } = [];

    /// <summary>Names of the hosts that the app is installed on, in hook order.</summary>
    public IReadOnlyList<string> AppHosts { get; set; } = [];

    /// <summary>
    /// Machines that an unfinished apply may have replaced, so their pinned host keys may be out of date.
    /// </summary>
    public IReadOnlyList<string> Replacing { get; set; } = [];

    /// <summary>Commands still to run after the last apply, once the machines accept SSH logins.</summary>
    public IReadOnlyList<RecordedStep> PendingSteps { get; set; } = [];

    /// <summary>The checks that passed when the deployment was verified.</summary>
    public IReadOnlyList<RecordedCheck> Checks { get; set; } = [];

    /// <summary>The pattern's commands: <c>tfgrid-compose pattern NAME</c>.</summary>
    public IReadOnlyList<RecordedCommand> Commands { get; set; } = [];

    /// <summary>Recognises the values of secret variables in logs, without holding them.</summary>
    public IReadOnlyList<SecretPrint> SecretPrints { get; set; } = [];

    /// <summary>The systemd unit whose journal <c>logs</c> shows, or null.</summary>
    public string? LogService { get; init; }

    /// <summary>The log file that <c>logs</c> follows if there is no unit, or null.</summary>
    public string? LogLocation { get; init; }

    /// <summary>The grid contracts in Terraform's state after the last apply.</summary>
    public IReadOnlyList<RecordedContract> Contracts { get; set; } = [];

    /// <summary>What each phase worked from when it last completed, to name what changed since.</summary>
    public IReadOnlyList<RecordedInputs> PhaseInputs { get; set; } = [];

    /// <summary>The variables that the app's hooks last got.</summary>
    public IReadOnlyList<RecordedValue> Values { get; set; } = [];

    /// <summary>
    /// Ids of contracts that are in no state but may still exist, according to the provider's error messages.
    /// </summary>
    public IReadOnlyList<long> DoubtfulContracts { get; set; } = [];

    /// <summary>
    /// The lineage of Terraform's state, which stays the same as long as the state lives; null until a state was seen.
    /// </summary>
    public string? StateLineage { get; init; }

    /// <summary>Whether machines were created, as far as is known; they may be gone.</summary>
    public bool KnowsMachines() => Outputs is not null || Contracts.Count > 0;

    /// <summary>All known contract ids of this deployment.</summary>
    public IReadOnlyList<long> ContractIds() =>
        [.. Contracts.Select(contract => contract.Id).Concat(DoubtfulContracts).Distinct()];
}

/// <summary>A machine: what was requested and, once it exists, its addresses.</summary>
public sealed record RecordedHost
{
    public required string Name { get; init; }

    public required string Role { get; init; }

    public int Cpu { get; init; }

    public int MemoryMb { get; init; }

    public int DiskGb { get; init; }

    public int NodeId { get; init; }

    /// <summary>Preferred first; empty until the machine exists.</summary>
    public IReadOnlyList<RecordedAddress> Addresses { get; set; } = [];

    /// <summary>The address on which SSH answered, or null.</summary>
    public string? SshAddress { get; init; }

    /// <summary>
    /// Fingerprint of the inputs with which the app's hooks last succeeded here. Empty while they have not yet
    /// succeeded with new files, and after an apply that may have replaced the machine. Null if the machine never had
    /// the app.
    /// </summary>
    public string? AppInputs { get; init; }

    /// <summary>Whether a rollout took it out of service, or may have, and has not brought it back.</summary>
    public bool OutOfService { get; init; }
}

/// <param name="Network">wireguard, mycelium, ipv4 or ipv6.</param>
/// <param name="Ip">Without a prefix length.</param>
public sealed record RecordedAddress(string Network, string Ip);

/// <summary>The contract's outputs without the secret WireGuard configuration.</summary>
public sealed record RecordedOutputs
{
    public required string PrimaryIp { get; init; }

    public required string PrimaryIpType { get; init; }

    public required string DeploymentName { get; init; }

    public required IReadOnlyList<int> NodeIds { get; init; }

    public string? MyceliumIp { get; init; }

    public string? NetworkName { get; init; }

    /// <summary>Fingerprint of the WireGuard configuration, so that a new one is noticed; null in older records.</summary>
    public string? WireguardFingerprint { get; init; }

    public IReadOnlyDictionary<string, string> ConnectionInfo { get; set; } = new Dictionary<string, string>();
}

public sealed record RecordedEndpoint(string Name, string Url);

/// <param name="Host">The host's name.</param>
/// <param name="Command">Program and arguments.</param>
/// <param name="Description">What it does, to display.</param>
public sealed record RecordedStep(string Host, IReadOnlyList<string> Command, string Description);

/// <summary>A grid contract, which the grid bills.</summary>
/// <param name="Id">The contract's id on the grid.</param>
/// <param name="NodeId">Its node; 0 for a name contract.</param>
/// <param name="Kind">deployment, network, kubernetes, gateway-name, gateway-fqdn, or name.</param>
/// <param name="Resource">Terraform's address, for example <c>grid_deployment.vm[0]</c>.</param>
public sealed record RecordedContract(long Id, int NodeId, string Kind, string Resource);

/// <param name="Backend">Terraform's name of the backend: pg, s3, ...</param>
/// <param name="Location">The place in one line, without credentials.</param>
/// <param name="RemoveCommand">The command that removes both states there, to display.</param>
public sealed record RecordedBackend(string Backend, string Location, string RemoveCommand);

/// <param name="Host">The machine's name.</param>
/// <param name="User">Who brought it up.</param>
/// <param name="Interface">The interface's name there.</param>
/// <param name="Since">When it came up.</param>
public sealed record TunnelHolder(
    string Host, string User, string Interface, DateTimeOffset Since, string? Machine = null);
