using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Tools.Networks;

/// <summary>
/// Finds the WireGuard configurations on this machine that start with our marker, of any user's deployments.
/// </summary>
public sealed class WireguardFiles(IToolRunner runner, string path, bool isRoot)
{
    private const int MostAsked = 64;
    private const string Extension = ".conf";
    private const string Staged = ".tfgrid-";
    private static readonly TimeSpan ToolLimit = TimeSpan.FromSeconds(20);
    private static readonly string MarkerPrefix = WireguardConfig.Marker("");

    internal string Folder { get; init; } = WireguardTunnel.Folder;

    /// <summary>The warning for a search without an answer.</summary>
    public Diagnostic Unseen => Diagnostic.Warning(
        LeakCodes.MachineUnseen,
        $"The WireGuard configurations in {Folder} could not be read: `sudo -n head` is refused.",
        WireguardTunnel.AllowIt);

    /// <summary>Our configurations with the deployment of each; null if they could not be read.</summary>
    public async Task<IReadOnlyList<WireguardFile>?> OursAsync(CancellationToken cancellation) =>
        isRoot || !OperatingSystem.IsLinux() && Directory.Exists(Folder)
            ? OfFolder()
            : await OfNamesAsync(cancellation);

    private IReadOnlyList<WireguardFile>? OfFolder()
    {
        try
        {
            return Directory.Exists(Folder)
                ? [.. Directory.EnumerateFiles(Folder)
                    .Where(IsCandidate)
                    .Order(StringComparer.Ordinal)
                    .Select(file => Parse(file, PlainFile.ReadLines(file).FirstOrDefault() ?? ""))
                    .OfType<WireguardFile>()]
                : [];
        }
        catch (Exception problem) when (problem is UnauthorizedAccessException or IOException)
        {
            return null;
        }
    }

    // Only root can list the folder, and sudo allows few programs: head shows for each name whether the file exists,
    // and its first line.
    private async Task<IReadOnlyList<WireguardFile>?> OfNamesAsync(CancellationToken cancellation)
    {
        string[] names = [.. Enumerable.Range(0, MostAsked).Select(number => $"wg{number}").Union(InterfacesUp())];
        ToolResult probe = await HeadAsync(["-n", "1", "/dev/null"], cancellation);
        if (!probe.Succeeded)
        {
            return null;
        }

        ToolResult heads =
            await HeadAsync(["-v", "-n", "1", .. names.Select(name => $"{Folder}/{name}{Extension}")], cancellation);
        return Parse(heads.Output);
    }

    /// <summary>Reads <c>head -v</c>: a line with the name between arrows, then the first line of the file.</summary>
    internal static IReadOnlyList<WireguardFile> Parse(string heads)
    {
        var files = new List<WireguardFile>();
        string? file = null;
        foreach (string line in heads.Split('\n'))
        {
            if (line.StartsWith("==> ", StringComparison.Ordinal) && line.EndsWith(" <==", StringComparison.Ordinal))
            {
                file = line[4..^4];
            }
            else if (file is not null && Parse(file, line) is { } ours)
            {
                files.Add(ours);
            }
        }

        return files;
    }

    private static bool IsCandidate(string file) =>
        file.EndsWith(Extension, StringComparison.Ordinal)
            || Path.GetFileName(file).StartsWith(Staged, StringComparison.Ordinal);

    private static WireguardFile? Parse(string file, string firstLine) =>
        firstLine.StartsWith(MarkerPrefix, StringComparison.Ordinal)
            && DeploymentId.IsOne(firstLine[MarkerPrefix.Length..].Trim())
        ? new WireguardFile(
            file,
            file.EndsWith(Extension, StringComparison.Ordinal) ? Path.GetFileNameWithoutExtension(file) : null,
            firstLine[MarkerPrefix.Length..].Trim())
        : null;

    private static IEnumerable<string> InterfacesUp() => Directory.Exists("/sys/class/net")
        ? Directory.EnumerateFileSystemEntries("/sys/class/net")
            .Select(Path.GetFileName)
            .OfType<string>()
            .Where(name => name.StartsWith("wg", StringComparison.Ordinal))
        : [];

    private Task<ToolResult> HeadAsync(IReadOnlyList<string> arguments, CancellationToken cancellation) =>
        runner.RunAsync(
            Privilege.Elevate(
                new ToolCommand(ExecutablePath.Find("head", path) ?? "head", arguments) { TimeLimit = ToolLimit },
                isRoot), cancellation);
}

/// <param name="Path">For example <c>/etc/wireguard/wg0.conf</c>.</param>
/// <param name="Interface">For example <c>wg0</c>; null for a staged file.</param>
/// <param name="DeploymentId">The deployment in its first line.</param>
public sealed record WireguardFile(string Path, string? Interface, string DeploymentId);
