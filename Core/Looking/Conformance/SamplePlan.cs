using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Manifests.Options;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Looking.Conformance;

/// <summary>
/// The requests to a pattern for a sample, as <c>up</c> would make them, with invented nodes, addresses and keys.
/// </summary>
internal sealed class SamplePlan
{
    private const string Id = "conformance";
    private const string IpRange = "10.99.0.0/16";
    private const string PublicKey =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA0123456789abcdefghijklmnopqrstuvwxyzABCDEF conformance";
    private readonly Manifest _manifest;
    private readonly PatternOptions _options;

    private SamplePlan(Manifest manifest, PatternOptions options) => (_manifest, _options) = (manifest, options);

    /// <summary>The pattern's folder in the sample's copy; null if the sample uses the pattern by its name.</summary>
    public string? PatternFolder => _manifest.Pattern.Folder;

    /// <summary>Throws what is wrong with the sample's manifest.</summary>
    public static SamplePlan Load(Sample sample, PatternCatalogEntry pattern, PatternDeclaration declaration)
    {
        Manifest manifest = ManifestFile.Load(sample.Folder).Manifest;
        if (!Uses(manifest.Pattern, sample, pattern))
        {
            throw new DiagnosticException(
                ExitCode.Usage,
                ConformanceCodes.SampleUnusable,
                $"The sample uses the pattern '{manifest.Pattern.Name}', which is not '{pattern.Name}' in "
                    + $"{pattern.Folder}.",
                $"write 'pattern: {pattern.Name}', or remove the sample", manifest.Pattern.Location);
        }

        BoundOptions bound = OptionBinder.Bind(manifest.Tree, declaration);
        return bound.Problems.Count == 0
            ? new(manifest, bound.Options)
            : throw new DiagnosticException(ExitCode.Usage, bound.Problems);
    }

    public TopologyRequest TopologyRequest() => new()
    {
        AppName = _manifest.Name,
        Options = _options,
        Network = _manifest.Network,
        Ports = _manifest.Ports,
    };

    public VariablesRequest VariablesRequest(Topology topology) => new()
    {
        DeploymentId = Id,
        Hosts = Assigned(topology),
        IpRange = IpRange,
        SshPublicKeys = [PublicKey],
        Keys = new DeploymentKeys(new byte[32]),
        GridNetwork = "dev",
        Options = _options,
        Network = _manifest.Network,
        Ports = _manifest.Ports,
    };

    public DeploymentFacts Facts(Topology topology) => new()
    {
        DeploymentId = Id,
        AppName = _manifest.Name,
        Hosts = DeploymentConversion.ToFacts(Record(topology).Hosts),
        Options = _options,
        Network = _manifest.Network,
        Ports = _manifest.Ports,
    };

    /// <summary>The record that such a deployment would have.</summary>
    public DeploymentRecord Record(Topology topology) => new()
    {
        Id = Id,
        Name = _manifest.Name,
        AppName = _manifest.Name,
        AppPath = _manifest.AppFolder,
        PatternName = _manifest.Pattern.Name,
        Grid = GridNames.Local,
        CreatedAt = DateTimeOffset.UnixEpoch,
        UpdatedAt = DateTimeOffset.UnixEpoch,
        IpRange = IpRange,
        Seed = "",
        Hosts = [.. Assigned(topology).Select((host, index) => Reached(host, index + 2))],
    };

    // By name, or by the path from the author's own folder. The path must be inside the app, or the copy would lack it.
    private static bool Uses(PatternReference asked, Sample sample, PatternCatalogEntry pattern) =>
        asked.Folder is not { } place
            ? asked.Name == pattern.Name
            : (place + "/").StartsWith(sample.Folder + "/", StringComparison.Ordinal)
                && AppFolder.Of(
                    pattern.Folder,
                    "/") == AppFolder.Of(Path.GetRelativePath(sample.Folder, place), sample.Origin);

    private List<AssignedHost> Assigned(Topology topology) =>
        [.. topology.Hosts.Select((host, index) => new AssignedHost(host, host.PinnedNode ?? index + 1))];

    private RecordedHost Reached(AssignedHost host, int number)
    {
        RecordedAddress[] addresses =
        [
            .. _manifest.Network.InOrder()
                .Select(kind => new RecordedAddress(kind.ManifestName(), Address(kind, number))),
        ];
        return DeploymentConversion.ToRecord(host) with { Addresses = addresses, SshAddress = addresses[0].Ip };
    }

    private static string Address(NetworkKind kind, int number) => kind switch
    {
        NetworkKind.Wireguard => $"10.99.{number}.2",
        NetworkKind.Mycelium => $"4ff::{number}",
        NetworkKind.PublicIpv4 => $"203.0.113.{number}",
        _ => $"2001:db8::{number}",
    };
}
