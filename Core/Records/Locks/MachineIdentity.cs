using System.Security.Cryptography;
using System.Text;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Records.Locks;

/// <summary>
/// Distinguishes machines and homes that have the same name, as machines made from one cloud image do. Neither id
/// reveals its owner.
/// </summary>
internal static class MachineIdentity
{
    private const string MachineId = "/etc/machine-id";
    private const string HomeId = "home-id";
    private const int Length = 16;

    /// <summary>
    /// This machine's id, or null if it has none. The file's content should not leave the machine: man 5 machine-id.
    /// </summary>
    public static string? Here { get; } = File.Exists(MachineId)
        && PlainFile.ReadText(MachineId).Trim() is { Length: > 0 } id
        ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"tfgrid-compose {id}")))[..Length]
        : null;

    /// <summary>Whether an id can be this machine's; older versions recorded no id.</summary>
    public static bool MayBeHere(string? machine) => May(machine, Here);

    /// <summary>Whether two ids can be the same; an unknown id can be any.</summary>
    public static bool May(string? one, string? other) => one is null || other is null || one == other;

    /// <summary>The home's own id: random, created when it is first needed.</summary>
    public static string OfHome(TfgridHome home)
    {
        home.Create();
        string path = Path.Combine(home.Path, HomeId);
        using FileStream gate = FileGate.Enter(Path.Combine(home.Locks, $"{HomeId}.lock"));
        if (!File.Exists(path))
        {
            PrivateFile.Write(path, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Length / 2)));
        }

        return PlainFile.ReadText(path);
    }
}
