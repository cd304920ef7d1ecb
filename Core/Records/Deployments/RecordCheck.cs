using System.Globalization;
using System.Net;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Diagnostics;
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
    private const int LongestInterface = 15;
    private static readonly string[] Networks = ["wireguard", "mycelium", "ipv4", "ipv6"];

    /// <summary>What is wrong with it, or null.</summary>
    public static string? ProblemOf(DeploymentRecord record) =>
        LackOf(record) is { } lack ? $"{lack} is missing"
        : !DeploymentId.IsOne(record.Id) ? Wrong("id", record.Id)
        : !IsWord(record.SshUser, LongestUser, "_.-") ? Wrong("ssh_user", record.SshUser)
        : !IsRange(record.IpRange) ? Wrong("ip_range", record.IpRange)
        : !IsHex(record.Seed) ? "seed is not hexadecimal"
        : Texts(record).FirstOrDefault(text => text?.Contains('\0', StringComparison.Ordinal) == true) is { } text ? Wrong("a text", text)
        : record.SshKey is { } key && !PlainText.IsPlain(key) ? Wrong("ssh_key", key)
        : record.SecretPrints.Any(print => print.Length < 1) ? "a secret has no length"
        : record.WireguardInterface is { } tunnel && !IsWord(tunnel, LongestInterface, "_=+.-") ? Wrong("wireguard_interface", tunnel)
        : record.Hosts.Select(ProblemOf).OfType<string>().FirstOrDefault()
            ?? Names(record).Where(name => !HostName.IsOne(name)).Select(name => Wrong("host", name)).FirstOrDefault()
            ?? record.Commands.Select(ProblemOf).OfType<string>().FirstOrDefault()
            ?? record.Checks.Select(ProblemOf).OfType<string>().FirstOrDefault()
            ?? (record.Outputs is { } outputs ? ProblemOf(outputs) : null)
            ?? (record.Tunnel is { } holder ? ProblemOf(holder) : null);

    // No LINQ over tuples or letters in here: the runtime would compile it at each start.
    private static string? LackOf(DeploymentRecord record) =>
        record.Id is null ? "id"
        : record.Name is null ? "name"
        : record.AppName is null ? "app_name"
        : record.AppVersion is null ? "app_version"
        : record.AppPath is null ? "app_path"
        : record.PatternName is null ? "pattern_name"
        : record.PatternVersion is null ? "pattern_version"
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

    // These texts become paths and variables of hooks, which end at a NUL.
    private static IEnumerable<string?> Texts(DeploymentRecord record) =>
    [
        record.Name, record.AppName, record.AppVersion, record.AppPath, record.PatternName, record.PatternVersion, record.Grid,
        .. record.Hosts.Select(host => host?.Role),
    ];

    private static IEnumerable<string> Names(DeploymentRecord record) =>
    [
        .. record.AppHosts,
        .. record.Replacing,
        .. record.PendingSteps.Select(step => step.Host),
        .. record.Checks.Select(check => check.Host),
    ];

    private static string? ProblemOf(RecordedHost host) =>
        host is null || host.Addresses is null ? "a host is incomplete"
        : !HostName.IsOne(host.Name) ? Wrong("host", host.Name)
        : host.SshAddress is { } address && !IsAddress(address) ? Wrong("ssh_address", address)
        : host.Addresses.FirstOrDefault(each => !IsAddress(each?.Ip)) is { } wrong ? Wrong("ip", wrong.Ip)
        : host.Addresses.FirstOrDefault(each => !Networks.Contains(each?.Network)) is { } other ? Wrong("network", other.Network)
        : null;

    private static string? ProblemOf(RecordedCommand command) =>
        command?.Name is null || command.Description is null || command.Role is null || command.Command?.Contains(null!) != false
            ? "a command is incomplete"
            : null;

    private static string? ProblemOf(RecordedCheck check) =>
        check.Port is < 0 or > HighestPort ? $"the port {check.Port} of a check is not valid"
        : check.Command is null ? "a check is incomplete"
        : null;

    private static string? ProblemOf(RecordedOutputs outputs) =>
        !IsAddress(outputs.PrimaryIp) ? Wrong("primary_ip", outputs.PrimaryIp)
        : outputs.MyceliumIp is { Length: > 0 } mycelium && !IsAddress(mycelium) ? Wrong("mycelium_ip", mycelium)
        : outputs.NodeIds is null || outputs.ConnectionInfo is null ? "the outputs are incomplete"
        : Lines(outputs).FirstOrDefault(line => !PlainText.IsPlain(line ?? "")) is { } several ? Wrong("an output", several)
        : null;

    private static IEnumerable<string?> Lines(RecordedOutputs outputs) =>
        [outputs.PrimaryIpType, outputs.DeploymentName, outputs.NetworkName];

    private static string? ProblemOf(TunnelHolder holder) =>
        !IsWord(holder.Interface, LongestInterface, "_=+.-") ? Wrong("the tunnel's interface", holder.Interface)
        : null;

    private static string Wrong(string member, string? value) => $"{member} is '{PlainText.Of(value ?? "")}', which is not valid";

    // The parser also takes a zone, which may be any text: "fe80::1%x y".
    private static bool IsAddress(string? text) =>
        text is { Length: > 0 }
            && Letters.AreAll(text, letter => char.IsAsciiHexDigit(letter) || letter is '.' or ':')
            && IPAddress.TryParse(text, out _);

    // A range as AddressRanges allocates it. A wider one would route all traffic into the tunnel.
    private static bool IsRange(string text) =>
        text.Split('.') is ["10", var second, "0", "0/16"]
            && byte.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out byte number)
            && second == number.ToString(CultureInfo.InvariantCulture);

    private static bool IsHex(string text) => text.Length > 0 && text.Length % 2 == 0 && Letters.AreAll(text, char.IsAsciiHexDigit);

    // A word that begins with a hyphen would be an option, and one that begins with a dot could be a parent folder.
    private static bool IsWord(string? text, int longest, string more) =>
        text is { Length: > 0 }
            && text.Length <= longest
            && text[0] is not ('-' or '.')
            && Letters.AreAll(text, letter => char.IsAsciiLetterOrDigit(letter) || more.Contains(letter));
}
