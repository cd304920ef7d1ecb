using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Ssh;

namespace TfgridCompose.Core.Sharing.Machines;

/// <summary>The key of this user that a deployment's machines let in.</summary>
/// <param name="Path">
/// The private key, or the public half of a key that an agent holds; null if the agent holds a key that has no file here.
/// </param>
/// <param name="LetsIn">Whether the machines know it.</param>
public sealed record SshKeyHere(string? Path, bool LetsIn)
{
    /// <param name="here">The user's home and agent.</param>
    /// <param name="authorized">Public keys that the machines were created with; empty if unknown, so that any key is
    /// accepted.</param>
    /// <param name="preferred">The private key that was used so far, or null.</param>
    /// <param name="cancellation">Ends the question to the agent.</param>
    public static async Task<SshKeyHere> FindAsync(
        Surroundings here,
        IReadOnlyList<string> authorized,
        string? preferred,
        CancellationToken cancellation)
    {
        HashSet<string> known = [.. authorized.Select(SshAgent.KeyOf)];
        string[] present = [.. PrivateKeys(here.UserHome, preferred)];
        string? fitting = present.FirstOrDefault(key => authorized.Count == 0
            || (File.Exists($"{key}.pub") && known.Contains(SshAgent.KeyOf(PlainFile.ReadText($"{key}.pub")))));
        if (fitting is not null)
        {
            return new(fitting, LetsIn: true);
        }

        HashSet<string> held = await new SshAgent(here.Runner).KeysAsync(cancellation);
        return held.Overlaps(known)
            ? new(PublicFiles(here.UserHome).FirstOrDefault(IsUsable), LetsIn: true)
            : new(present.FirstOrDefault(), LetsIn: false);

        bool IsUsable(string file) =>
            SshAgent.KeyOf(PlainFile.ReadText(file)) is var key && known.Contains(key) && held.Contains(key);
    }

    public static Diagnostic Problem(DeploymentRecord record) => Diagnostic.Error(
        SharedStateCodes.NoKeyForMachines,
        $"The machines of {record.Name} ({record.Id}) accept none of this user's SSH keys.",
        "add the line of your ~/.ssh/id_*.pub to `ssh_keys: [...]` in the app's manifest and run `tfgrid-compose up` "
            + "on a machine that can log in");

    private static IEnumerable<string> PrivateKeys(string home, string? preferred)
    {
        IEnumerable<string> own = PublicFiles(home).Select(path => path[..^".pub".Length]);
        return (preferred is null ? own : own.Prepend(preferred)).Where(File.Exists);
    }

    private static IEnumerable<string> PublicFiles(string home) =>
        System.IO.Path.Combine(home, ".ssh") is var folder && Directory.Exists(folder)
            ? Directory.GetFiles(folder, "id_*.pub").Order(StringComparer.Ordinal)
            : [];
}
