using System.Globalization;
using System.Security.Cryptography;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Foundation.Processes;

namespace TfgridCompose.Core.Records.Store;

/// <summary>
/// Gives each deployment its own 10.x.0.0/16. Allocations are recorded as files in a folder that all homes of this user
/// share; ranges that this machine already has routes for are skipped.
/// </summary>
public sealed class AddressRanges(string folder, Func<IReadOnlyList<string>> routeTable)
{
    private const int First = 1;
    private const int Last = 254;

    // A folder that only this user can write to. Under /tmp, another user could create it first.
    public static AddressRanges OfThisMachine() => new(
        Privilege.IsRoot
            ? "/var/lib/tfgrid-compose/ranges"
            : Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
                ".cache",
                "tfgrid-compose",
                "ranges"),
        () => File.Exists("/proc/net/route") ? PlainFile.ReadLines("/proc/net/route") : []);

    /// <summary>The folder that records the allocations.</summary>
    public string Folder { get; } = folder;

    /// <summary>
    /// Allocates a free range to the deployment in this folder, and returns it as <c>10.x.0.0/16</c>.
    /// </summary>
    public string Take(string deploymentFolder)
    {
        PrivateFile.CreateFolder(Folder);
        using FileStream gate = FileGate.Enter(Path.Combine(Folder, "lock"));
        int second = FirstFree();
        PrivateFile.Write(PathOf(second), deploymentFolder);
        return RangeOf(second);
    }

    /// <summary>
    /// Allocates the range that a deployment already has on another machine. False if another deployment here, the
    /// owner, has it.
    /// </summary>
    public bool TryTake(string range, string deploymentFolder, out string owner)
    {
        PrivateFile.CreateFolder(Folder);
        using FileStream gate = FileGate.Enter(Path.Combine(Folder, "lock"));
        string path = PathOf(SecondOf(range));
        owner = File.Exists(path) ? PlainFile.ReadText(path) : deploymentFolder;
        if (owner == deploymentFolder || !Directory.Exists(owner))
        {
            PrivateFile.Write(path, deploymentFolder);
            return true;
        }

        // The same deployment in another home of this user is not a conflict.
        return Path.GetFileName(owner) == Path.GetFileName(deploymentFolder);
    }

    /// <summary>A range that is free now; it is not allocated.</summary>
    public string Peek() => RangeOf(FirstFree());

    public void Release(string range, string deploymentFolder)
    {
        if (!Directory.Exists(Folder))
        {
            return;
        }

        // Between the check and the removal, another deployment may take a range whose folder is gone.
        using FileStream gate = FileGate.Enter(Path.Combine(Folder, "lock"));
        string path = PathOf(SecondOf(range));
        if (OwnerOf(path)?.Folder == deploymentFolder)
        {
            File.Delete(path);
        }
    }

    /// <summary>Releases all ranges of a deployment, for one whose record does not name them.</summary>
    public void ReleaseAllOf(string deploymentFolder)
    {
        foreach ((string range, string owner) in Taken().Where(taken => taken.Folder == deploymentFolder).ToArray())
        {
            Release(range, owner);
        }
    }

    /// <summary>
    /// Ranges whose deployment's folder is gone, each with that folder. They are reused automatically.
    /// </summary>
    public IReadOnlyList<(string Range, string Folder)> Stale() =>
        [.. Taken().Where(taken => !Directory.Exists(taken.Folder))];

    /// <summary>Folders of deployments that hold a range, in all homes of this user.</summary>
    public IReadOnlyList<string> LivingFolders() => [.. Taken().Select(taken => taken.Folder).Where(Directory.Exists)];

    private IEnumerable<(string Range, string Folder)> Taken() => Directory.Exists(Folder)
        ? Directory.EnumerateFiles(Folder, "10.*")
            .Where(file => Path.GetExtension(file) != ".tmp")
            .Select(OwnerOf)
            .OfType<(string, string)>()
        : [];

    // Another process may be releasing it.
    private static (string Range, string Folder)? OwnerOf(string file)
    {
        try
        {
            return ($"{Path.GetFileName(file)}.0.0/16", PlainFile.ReadText(file));
        }
        catch (IOException)
        {
            return null;
        }
    }

    private string PathOf(int second) => Path.Combine(Folder, $"10.{second}");

    private static int SecondOf(string range) => int.Parse(range.Split('.')[1], CultureInfo.InvariantCulture);

    private int FirstFree()
    {
        HashSet<int> routed = Routed();
        int start = RandomNumberGenerator.GetInt32(First, Last + 1);
        for (int i = 0; i <= Last - First; i++)
        {
            int second = First + ((start - First + i) % (Last - First + 1));
            if (!routed.Contains(second) && IsFree(second))
            {
                return second;
            }
        }

        throw new DiagnosticException(
            ExitCode.Conflict,
            StateCodes.NoFreeRange,
            "All 254 private ranges 10.x.0.0/16 are taken on this machine.",
            $"remove deployments with `tfgrid-compose down`, or stale files in {Folder}");
    }

    private static string RangeOf(int second) => $"10.{second}.0.0/16";

    // The owner's folder is created before its range is allocated, so a missing folder means that the owner is gone.
    private bool IsFree(int second) => OwnerOf(PathOf(second)) is not { } taken || !Directory.Exists(taken.Folder);

    // Destinations in the kernel's table are hexadecimal in host byte order: 10.1.2.0 is 0002010A.
    private HashSet<int> Routed() =>
    [
        .. routeTable()
            .Select(line => line.Split('\t', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length > 1
                && fields[1].Length == 8
                && fields[1].EndsWith("0A", StringComparison.Ordinal))
            .Select(fields => int.Parse(fields[1].AsSpan(4, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)),
    ];
}
