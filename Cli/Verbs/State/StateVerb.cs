using TfgridCompose.Cli.Rendering;
using TfgridCompose.Cli.Terminal;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Sharing.States;
using TfgridCompose.Core.Tools.Terraform.States;
using TfgridCompose.Core.Trust;

namespace TfgridCompose.Cli.Verbs.State;

/// <summary>A deployment's whole Terraform state, to print, replace or move between backends, and its backups.</summary>
internal static class StateVerb
{
    private const string Local = "local";

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
        if (context.Declines(options.Yes, $"Replace the Terraform state of {record.Name} ({record.Id}) with {file}?"))
        {
            return 0;
        }

        bool hadOne = await new StateReplacement(context.Here, context.LockTerms(options)).PushAsync(record, file, cancellation);
        SayReplaced("written", hadOne, record, context);
        return 0;
    }

    public static Task<int> ListAsync(TargetOptions options, VerbContext context, CancellationToken cancellation)
    {
        DeploymentRecord record = context.Locator.Find(options.Target, options.Name);
        (StateBackup Backup, StateText State)[] backups =
            [.. BackupsOf(record, context).All.Select(backup => (backup, Read(backup)))];
        context.Streams.Out.Write(context.Global.Json ? BackupTable.Json(backups) : BackupTable.Text(backups));
        if (backups.Length == 0)
        {
            context.Streams.Error.WriteLine("there are no backups yet: one is made when the infrastructure changes");
        }

        return Task.FromResult(0);
    }

    public static async Task<int> RestoreAsync(StateRestoreOptions options, VerbContext context, CancellationToken cancellation)
    {
        DeploymentRecord record = context.Locator.Find(options.Target, options.Name);
        StateBackup backup = BackupsOf(record, context).Require(options.Number);
        string what = $"the Terraform state of {record.Name} ({record.Id})";
        if (context.Declines(options.Yes, $"Replace {what} with the backup of {TimeText.Of(backup.At)}?"))
        {
            return 0;
        }

        bool hadOne = await new StateReplacement(context.Here, context.LockTerms(options))
            .RestoreAsync(record, options.Number, cancellation);
        SayReplaced("restored", hadOne, record, context);
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
        string from = record.SharedState?.Location ?? "this machine";
        string to = options.To is null ? "the backend in the manifest" : "this machine";
        if (context.Declines(options.Yes, $"Move the state of {record.Name} ({record.Id}) from {from} to {to}?"))
        {
            return 0;
        }

        Manifest? manifest = options.To is null ? ManifestFile.Load(record.AppPath).Manifest : null;
        if (manifest is not null)
        {
            new AppTrust(context.Here).Require(
                AppCode.StateOf(manifest), CodeAgreement.Of(options, context));
        }

        var migration = new StateMigration(context.Here, context.LockTerms(options));
        MigrationResult moved = await migration.RunAsync(record, manifest, cancellation);
        context.Streams.Error.WriteLine($"moved from {moved.From} to {moved.To}; the old copy is still there, and no longer used");
        context.Streams.Error.WriteLine($"  remove it:  {moved.RemoveOld}");
        if (options.To is not null)
        {
            context.Streams.Error.WriteLine("  remove `state` from the manifest, or the next `up` asks you to move it back");
        }

        return 0;
    }

    private static StateText Read(StateBackup backup) => StateOfDeployment.Parse(PlainFile.ReadText(backup.Path), backup.Path);

    private static StateBackups BackupsOf(DeploymentRecord record, VerbContext context) =>
        new(context.Here.Home.Deployment(record.Id), context.Here.Clock);

    private static void SayReplaced(string what, bool hadOne, DeploymentRecord record, VerbContext context)
    {
        context.Streams.Error.WriteLine(hadOne
            ? $"{what}; the former state is among the backups: `{Product.Name} state list {record.Id}`"
            : $"{what}; there was no state before");
        context.Streams.Error.WriteLine($"  what `up` would change now:  {Product.Name} plan {record.AppPath}");
    }
}
