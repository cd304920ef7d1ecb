using System.Globalization;
using System.Text.Json;
using TfgridCompose.Cli.Terminal;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Sharing.States;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Cli.Verbs.State;

/// <summary>Terraform's state of a deployment as a whole: read, replaced, moved between backends, kept copies.</summary>
internal static class StateVerb
{
    private const string Local = "local";
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    public static async Task<int> PullAsync(TargetOptions options, VerbContext context, CancellationToken cancellation)
    {
        DeploymentRecord record = context.Locator.Find(options.Target, options.Name);
        context.Streams.Out.Write(await new StateOfDeployment(context.Here, record).ReadAsync(cancellation));
        return 0;
    }

    public static async Task<int> PushAsync(StatePushOptions options, VerbContext context, CancellationToken cancellation)
    {
        DeploymentRecord record = context.Locator.Find(options.Target, options.Name);
        string file = Path.GetFullPath(options.File, context.Here.CurrentFolder);
        if (Declined(options.Yes, $"Put {file} in the place of the Terraform state of {record.Name} ({record.Id})?", context))
        {
            return 0;
        }

        await new StateReplacement(context.Here, context.LockTerms(options)).PushAsync(record, file, cancellation);
        context.Streams.Error.WriteLine($"written; the state before it is kept: `{Product.Name} state list {record.Id}`, and "
            + $"`{Product.Name} plan {record.AppPath}` says what differs from it");
        return 0;
    }

    public static Task<int> ListAsync(TargetOptions options, VerbContext context, CancellationToken cancellation)
    {
        DeploymentRecord record = context.Locator.Find(options.Target, options.Name);
        var rows = new StateBackups(context.Here.Home.Deployment(record.Id), context.Here.Clock).All
            .Select(backup => (Backup: backup, State: StateOfDeployment.Parse(File.ReadAllText(backup.Path), backup.Path))).ToList();
        context.Streams.Out.Write(context.Global.Json
            ? JsonSerializer.Serialize(
                rows.Select(row => new
                {
                    number = row.Backup.Number,
                    at = row.Backup.At,
                    serial = row.State.Serial,
                    resources = Count(row.State),
                    file = row.Backup.Path,
                }),
                s_json)
                + "\n"
            : string.Concat(rows.Select(row => string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Backup.Number,4}  {row.Backup.At:yyyy-MM-dd HH:mm:ss} UTC  "
                    + $"serial {row.State.Serial,4}  {Resources(row.State)}\n"))));
        if (rows.Count == 0)
        {
            context.Streams.Error.WriteLine("no state is kept yet: copies are taken when the infrastructure changes");
        }

        return Task.FromResult(0);
    }

    public static async Task<int> RestoreAsync(StateRestoreOptions options, VerbContext context, CancellationToken cancellation)
    {
        DeploymentRecord record = context.Locator.Find(options.Target, options.Name);
        StateBackup backup = new StateBackups(context.Here.Home.Deployment(record.Id), context.Here.Clock).Require(options.Number);
        string what = string.Create(
            CultureInfo.InvariantCulture,
            $"Put the state of {backup.At:yyyy-MM-dd HH:mm:ss} UTC in the place of the present one of {record.Name} ({record.Id})?");
        if (Declined(options.Yes, what, context))
        {
            return 0;
        }

        await new StateReplacement(context.Here, context.LockTerms(options)).RestoreAsync(record, options.Number, cancellation);
        context.Streams.Error.WriteLine($"restored; the state before it is kept too, and `{Product.Name} plan {record.AppPath}` "
            + "says what differs from it");
        return 0;
    }

    public static async Task<int> MigrateAsync(StateMigrateOptions options, VerbContext context, CancellationToken cancellation)
    {
        if (options.To is not (null or Local))
        {
            throw new DiagnosticException(
                ExitCode.Usage,
                CliCodes.BadArguments,
                $"--to is '{options.To}'.",
                "give --to local, or change `state` in the manifest and leave --to out");
        }

        DeploymentRecord record = context.Locator.Find(options.Target, options.Name);
        if (Declined(
            options.Yes,
            $"Move the state of {record.Name} ({record.Id}) from {record.SharedState?.Location ?? "this machine"} to "
                + $"{options.To ?? "where the manifest says"}?",
            context))
        {
            return 0;
        }

        MigrationResult moved = await new StateMigration(context.Here, context.LockTerms(options)).RunAsync(
            record,
            options.To is not null,
            cancellation);
        context.Streams.Error.WriteLine($"moved from {moved.From} to {moved.To}; the old copy is still there and is not used any more");
        context.Streams.Error.WriteLine($"  remove it:  {moved.RemoveOld}");
        if (options.To is not null)
        {
            context.Streams.Error.WriteLine("  take `state` out of the manifest, or the next `up` asks to move it back");
        }

        return 0;
    }

    private static bool Declined(bool yes, string question, VerbContext context)
    {
        if (yes || context.Confirm(question, "--yes"))
        {
            return false;
        }

        context.Streams.Error.WriteLine("nothing was done");
        return true;
    }

    private static int? Count(StateText state) => state.IsEncrypted ? null : state.Instances.Count;

    private static string Resources(StateText state) => Count(state) is { } count
        ? string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "resource" : "resources")}")
        : "encrypted";
}
