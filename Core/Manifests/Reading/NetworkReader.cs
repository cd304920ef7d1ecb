using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Manifests.Tree;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Manifests.Reading;

/// <summary>Reads <c>network</c>, including its older keys (<c>main</c>, <c>mode</c>, <c>public_ipv4</c>).</summary>
internal static class NetworkReader
{
    private static readonly Dictionary<string, NetworkKind> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["wireguard"] = NetworkKind.Wireguard,
        ["mycelium"] = NetworkKind.Mycelium,
        ["ipv4"] = NetworkKind.PublicIpv4,
        ["public"] = NetworkKind.PublicIpv4,
        ["ipv6"] = NetworkKind.PublicIpv6,
    };

    private static readonly Dictionary<string, NetworkKind[]> Modes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["wireguard-only"] = [NetworkKind.Wireguard],
        ["mycelium-only"] = [NetworkKind.Mycelium],
        ["both"] = [NetworkKind.Wireguard, NetworkKind.Mycelium],
    };

    public static NetworkRequest Read(LocatedMap root, TreeReader reader)
    {
        LocatedMap? network = reader.Map(root, "network");
        List<NetworkKind> provision = Provision(network, reader);
        var prefer = new List<NetworkKind>();
        LocatedScalar? main = reader.Scalar(network, "main");
        foreach (LocatedScalar word in reader.Words(network, "prefer").Concat(main is null ? [] : [main]))
        {
            AddPreferred(prefer, provision, word, reader);
        }

        return new NetworkRequest { Provision = provision, Prefer = [.. prefer.Union(provision)] };
    }

    private static List<NetworkKind> Provision(LocatedMap? network, TreeReader reader)
    {
        List<NetworkKind> kinds =
            [.. reader.Words(network, "provision").Select(word => Kind(word, reader)).OfType<NetworkKind>().Distinct()];
        NetworkKind[] mode = Mode(reader.Scalar(network, "mode"), reader);
        if (kinds.Count == 0)
        {
            kinds.AddRange(mode.Union(LegacyMain(network, reader)));
        }

        if (reader.Flag(network, "public_ipv4") == true && !kinds.Contains(NetworkKind.PublicIpv4))
        {
            kinds.Add(NetworkKind.PublicIpv4);
        }

        return kinds;
    }

    // An app that sets only its main network wants it in addition to the default.
    private static NetworkKind[] LegacyMain(LocatedMap? network, TreeReader reader) =>
        network?.Entry("mode") is null
            && reader.Scalar(network, "main") is LocatedScalar main
            && Words.TryGetValue(main.Text, out NetworkKind kind)
            ? [kind]
            : [];

    private static NetworkKind[] Mode(LocatedScalar? mode, TreeReader reader)
    {
        if (mode is null)
        {
            return [NetworkKind.Wireguard];
        }

        if (Modes.TryGetValue(mode.Text, out NetworkKind[]? kinds))
        {
            return kinds;
        }

        reader.Error(
            ManifestCodes.NetworkInvalid, $"There is no network mode {mode.Kind}.",
            $"{Meant.Of(mode.Text, Modes.Keys)}Write network.provision as a list of {string.Join(", ", Words.Keys)}.",
            mode.Location);
        return [NetworkKind.Wireguard];
    }

    private static void AddPreferred(
        List<NetworkKind> prefer, List<NetworkKind> provision, LocatedScalar word, TreeReader reader)
    {
        if (Kind(word, reader) is not NetworkKind kind || prefer.Contains(kind))
        {
            return;
        }

        if (provision.Contains(kind))
        {
            prefer.Add(kind);
            return;
        }

        reader.Error(
            ManifestCodes.PreferNotProvisioned,
            $"The network '{Excerpt.Of(word.Text)}' is preferred but not provisioned.",
            $"Add it to network.provision ({string.Join(", ", provision.Select(each => each.ManifestName()))}), "
                + "or do not prefer it.", word.Location);
    }

    private static NetworkKind? Kind(LocatedScalar word, TreeReader reader)
    {
        if (Words.TryGetValue(word.Text, out NetworkKind kind))
        {
            return kind;
        }

        reader.Error(
            ManifestCodes.NetworkInvalid, $"There is no network {word.Kind}.",
            $"{Meant.Of(word.Text, Words.Keys)}The networks are {string.Join(", ", Words.Keys)}.", word.Location);
        return null;
    }
}
