using System.Net;
using System.Net.Sockets;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Networks;

namespace TfgridCompose.LocalGrid.Machines;

/// <summary>
/// Where machines get packages: the mirrors of this computer's apt sources. One in the local network needs a way through the
/// rules that keep machines from private addresses.
/// </summary>
internal sealed class PackageMirrors(Computer computer)
{
    private static readonly IPNetwork[] PrivateRanges =
    [
        IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("100.64.0.0/10"),
    ];

    /// <summary>Addresses of the mirrors that are private, or this computer's own.</summary>
    public IReadOnlyList<IPEndPoint> Private()
    {
        IReadOnlySet<string> own = new HostNetwork(computer).Addresses();
        IEnumerable<Uri> mirrors = ImageRecipe.SourcesOf(computer).SelectMany(File.ReadLines).SelectMany(Mirrors).Concat(Proxies());

        // All at once, so that an unreachable resolver costs its limit only once.
        Task<IPEndPoint[]>[] lookups =
        [
            .. mirrors.Distinct().Select(mirror => Task.Factory.StartNew(
                () => Resolve(mirror).ToArray(), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)),
        ];
        Task.WaitAll(lookups);
        return
        [
            .. lookups.SelectMany(lookup => lookup.Result).Distinct()
                .Where(at => PrivateRanges.Any(range => range.Contains(at.Address)) || own.Contains($"{at.Address}")),
        ];
    }

    // Acquire::http::Proxy "http://192.168.1.9:3142";
    private IEnumerable<Uri> Proxies() => computer.Tools.Try(["apt-config", "dump", "Acquire"]).Output.Split('\n')
        .Where(line => line.Contains("::Proxy", StringComparison.Ordinal))
        .SelectMany(line => Mirrors(line.Replace('"', ' ')));

    private static IEnumerable<Uri> Mirrors(string line) => line.StartsWith('#')
        ? []
        : line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(word => Uri.TryCreate(word, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" ? uri : null)
            .OfType<Uri>()
            .Select(uri => new Uri(uri.GetLeftPart(UriPartial.Authority)));

    private IEnumerable<IPEndPoint> Resolve(Uri mirror)
    {
        if (IPAddress.TryParse(mirror.Host, out IPAddress? literal))
        {
            return literal.AddressFamily == AddressFamily.InterNetwork ? [new IPEndPoint(literal, mirror.Port)] : [];
        }

        // If the name is unknown, there are no packages either. The limit keeps an apply from waiting for a dead resolver.
        ToolResult found = computer.Tools.Try(["timeout", "2", "getent", "ahostsv4", "--", mirror.IdnHost]);
        return found.Output.Split('\n')
            .Select(line => line.Split(' ')[0])
            .Where(word => word.Length > 0)
            .Select(IPAddress.Parse)
            .Select(address => new IPEndPoint(address, mirror.Port));
    }
}
