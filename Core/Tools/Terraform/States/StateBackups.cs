using System.Globalization;
using System.Text.Json;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Tools.Terraform.States;

/// <summary>
/// The last Terraform states of a deployment, each in its own file: <c>backups/0007-20261126T110656Z.tfstate</c>, 0600.
/// </summary>
public sealed class StateBackups(DeploymentFolder folder, TimeProvider clock)
{
    public const int Kept = 10;
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";
    private const string Extension = ".tfstate";

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<StateBackup> All => Directory.Exists(folder.Backups)
        ? [.. Directory.GetFiles(folder.Backups, $"*{Extension}")
            .Select(Parse)
            .OfType<StateBackup>()
            .OrderBy(backup => backup.Number)]
        : [];

    /// <summary>
    /// Backs up a state unless it is empty or equal to the last backup. Only the ten newest are kept.
    /// </summary>
    public StateBackup? Take(string state)
    {
        IReadOnlyList<StateBackup> all = All;
        if (!IsWorthKeeping(state) || (all.Count > 0 && PlainFile.ReadText(all[^1].Path) == state))
        {
            return null;
        }

        PrivateFile.CreateFolder(folder.Backups);
        DateTimeOffset now = clock.GetUtcNow();
        int number = all.Count > 0 ? all[^1].Number + 1 : 1;
        string path = Path.Combine(
            folder.Backups,
            $"{number:0000}-{now.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}{Extension}");
        PrivateFile.Write(path, state);
        foreach (StateBackup old in all.Take(Math.Max(0, all.Count + 1 - Kept)))
        {
            File.Delete(old.Path);
        }

        return new StateBackup(number, now, path);
    }

    public StateBackup Require(int number) =>
        All.FirstOrDefault(backup => backup.Number == number) ?? throw new DiagnosticException(
            ExitCode.Usage,
            SharedStateCodes.NoSuchBackup,
            $"{folder.Id} has no backup {number}.",
            All.Count > 0
                ? $"name one of {string.Join(", ", All.Select(backup => backup.Number))}: "
                    + $"tfgrid-compose state list {folder.Id}"
                : "there is none yet: `tfgrid-compose up` takes a backup when it changes the infrastructure");

    // Terraform itself reports an invalid state.
    private static bool IsWorthKeeping(string state)
    {
        try
        {
            return !StateText.Parse(state).IsEmpty;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static StateBackup? Parse(string path)
    {
        string[] parts = Path.GetFileNameWithoutExtension(path).Split('-', 2);
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && DateTimeOffset.TryParseExact(
                parts[1],
                TimeFormat,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out DateTimeOffset at)
                ? new StateBackup(number, at, path)
                : null;
    }
}
