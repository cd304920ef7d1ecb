using System.Globalization;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Cli.Rendering;

/// <summary><c>state list</c>: one line for each backup, oldest first.</summary>
internal static class BackupTable
{
    private const int NumberColumn = 0;
    private const int SerialColumn = 2;

    public static string Text(IReadOnlyList<(StateBackup Backup, StateText State)> backups) =>
        TextTable.Text([.. backups.Select(each => Row(each.Backup, each.State))], NumberColumn, SerialColumn);

    public static string Json(IReadOnlyList<(StateBackup Backup, StateText State)> backups) => JsonText.Of(backups.Select(each => new
    {
        number = each.Backup.Number,
        at = each.Backup.At,
        serial = each.State.Serial,
        resources = Count(each.State),
        file = each.Backup.Path,
    }));

    private static string[] Row(StateBackup backup, StateText state) =>
        [Number(backup.Number), TimeText.Of(backup.At), $"serial {Number(state.Serial)}", Resources(state)];

    private static string Resources(StateText state) => Count(state) is { } count
        ? $"{Number(count)} {(count == 1 ? "resource" : "resources")}"
        : "encrypted";

    private static int? Count(StateText state) => state.IsEncrypted ? null : state.Instances.Count;

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
