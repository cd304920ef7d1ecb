using System.Net;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Records.Deployments;

/// <summary>
/// Whether a record that was read may be used: what is in it becomes paths, arguments of programs and addresses to
/// connect to, and somebody may have edited it, here or in a shared state.
/// </summary>
internal static class RecordCheck
{
    private const int HighestPort = 65535;
    private const int LongestUser = 32;
    private const int LongestHost = 255;
    private const int LongestInterface = 15;

    /// <summary>What is wrong with it, or null.</summary>
    public static string? ProblemOf(DeploymentRecord record) =>
        LackOf(record) is { } lack ? $"{lack} is missing"
        : !DeploymentId.IsOne(record.Id) ? Wrong("id", record.Id)
        : !IsWord(record.SshUser, LongestUser, "_.-") ? Wrong("ssh_user", record.SshUser)
        : !IPNetwork.TryParse(record.IpRange, out _) ? Wrong("ip_range", record.IpRange)
        : record.WireguardInterface is { } tunnel && !IsWord(tunnel, LongestInterface, "_=+.-") ? Wrong("wireguard_interface", tunnel)
        : record.Hosts.Select(ProblemOf).OfType<string>().FirstOrDefault()
            ?? Names(record).Where(name => !IsHost(name)).Select(name => Wrong("host", name)).FirstOrDefault()
            ?? record.Checks.Select(ProblemOf).OfType<string>().FirstOrDefault()
            ?? (record.Outputs is { } outputs ? ProblemOf(outputs) : null);

    // No LINQ over tuples or letters in here: the runtime would compile it at each start.
    private static string? LackOf(DeploymentRecord record) =>
        record.Id is null ? "id"
        : record.Name is null ? "name"
        : record.AppName is null ? "app_name"
        : record.AppPath is null ? "app_path"
        : record.PatternName is null ? "pattern_name"
        : record.Grid is null ? "grid"
        : record.IpRange is null ? "ip_range"
        : record.Seed is null ? "seed"
        : record.SshUser is null ? "ssh_user"
        : record.SshPublicKeys is null ? "ssh_public_keys"
        : record.Hosts is null ? "hosts"
        : record.DestroyBeforeRetry is null ? "destroy_before_retry"
        : record.Endpoints is null ? "endpoints"
        : record.AuthorizedKeys is null ? "authorized_keys"
        : record.AppHosts is null ? "app_hosts"
        : record.Replacing is null ? "replacing"
        : record.PendingSteps is null ? "pending_steps"
        : record.Checks is null ? "checks"
        : record.Commands is null ? "commands"
        : record.SecretPrints is null ? "secret_prints"
        : record.Contracts is null ? "contracts"
        : record.PhaseInputs is null ? "phase_inputs"
        : record.Values is null ? "values"
        : record.DoubtfulContracts is null ? "doubtful_contracts"
        : null;

    private static IEnumerable<string> Names(DeploymentRecord record) =>
    [
        .. record.AppHosts,
        .. record.Replacing,
        .. record.PendingSteps.Select(step => step.Host),
        .. record.Checks.Select(check => check.Host),
    ];

    private static string? ProblemOf(RecordedHost host) =>
        host is null || host.Addresses is null ? "a host without its members"
        : !IsHost(host.Name) ? Wrong("host", host.Name)
        : host.SshAddress is { } address && !IPAddress.TryParse(address, out _) ? Wrong("ssh_address", address)
        : host.Addresses.FirstOrDefault(each => !IPAddress.TryParse(each?.Ip, out _)) is { } wrong ? Wrong("ip", wrong.Ip)
        : null;

    private static string? ProblemOf(RecordedCheck check) =>
        check.Port is < 0 or > HighestPort ? $"the port {check.Port} of a check is not valid"
        : check.Command is null ? "a check without its members"
        : null;

    private static string? ProblemOf(RecordedOutputs outputs) =>
        !IPAddress.TryParse(outputs.PrimaryIp, out _) ? Wrong("primary_ip", outputs.PrimaryIp)
        : outputs.MyceliumIp is { Length: > 0 } mycelium && !IPAddress.TryParse(mycelium, out _)
            ? Wrong("mycelium_ip", mycelium)
        : outputs.NodeIds is null || outputs.ConnectionInfo is null ? "outputs without their members"
        : null;

    private static string Wrong(string member, string? value) => $"{member} is '{value}', which is not valid";

    // Patterns name their machines; what could act is refused, and no more.
    private static bool IsHost(string? name) =>
        name is { Length: > 0 and <= LongestHost }
            && name[0] is not ('-' or '.')
            && Letters.AreAll(name, letter => letter != '/' && !char.IsControl(letter) && !char.IsWhiteSpace(letter));

    // One that begins with a hyphen would be an option, and one with a point could be a folder above.
    private static bool IsWord(string? text, int longest, string more) =>
        text is { Length: > 0 }
            && text.Length <= longest
            && text[0] is not ('-' or '.')
            && Letters.AreAll(text, letter => char.IsAsciiLetterOrDigit(letter) || more.Contains(letter));
}
