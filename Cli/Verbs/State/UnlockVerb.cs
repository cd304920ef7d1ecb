using System.Text.Json;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Sharing;
using TfgridCompose.Core.Sharing.Places;
using TfgridCompose.Core.Sharing.Sessions;
using TfgridCompose.Core.Tools.Terraform;
using TfgridCompose.Core.Trust;

namespace TfgridCompose.Cli.Verbs.State;

/// <summary>Removes locks of processes that died, never a live one. Only the user can know about another machine's.</summary>
internal static class UnlockVerb
{
    public static async Task<int> RunAsync(UnlockOptions options, VerbContext context, CancellationToken cancellation)
    {
        using var shared = new SharedLocks(context.Here, context.Holder());
        LockedTarget target = await FindAsync(options, context, shared, cancellation);
        if (target.Left.FirstOrDefault(left => left.Lock.IsAlive) is { Lock: { } alive })
        {
            throw Alive(target, alive);
        }

        if (target.Left.Count > 0 && !IsAgreed(options, context, target))
        {
            context.SayNothingWasDone();
            return 0;
        }

        foreach ((ILockSource source, FoundLock found) in target.Left)
        {
            if (!await source.RemoveAsync(found, cancellation))
            {
                throw Alive(target, found);
            }
        }

        context.Streams.Out.WriteLine(context.Global.Json ? Json(target) : Text(target));
        return 0;
    }

    private static string Text(LockedTarget target) =>
        target.Left.Count == 0 ? $"{target.What} is not locked" : $"unlocked {target.What}: {LockedTarget.Names(target.Left)}";

    private static string Json(LockedTarget target) => JsonSerializer.Serialize(new
    {
        id = target.Id,
        removed = target.Left.Select(left => new { kind = left.Lock.Kind, holder = left.Lock.Holder }),
    });

    private static async Task<LockedTarget> FindAsync(
        UnlockOptions options, VerbContext context, SharedLocks shared, CancellationToken cancellation)
    {
        try
        {
            return await OfRecordAsync(context.Locator.Find(options.Target, options.Name), context, shared, cancellation);
        }
        catch (DiagnosticException none) when (none.Diagnostics is [{ Code: StateCodes.NotFound }])
        {
            // A machine may have claimed the backend and died before it wrote a record there.
            if (PlaceOf(options, context) is not { } place)
            {
                throw;
            }

            IReadOnlyList<FoundLock> left = await shared.FindAtAsync(place, cancellation);
            return new LockedTarget(place.Location, Id: null, [.. left.Select(found => ((ILockSource)shared, found))]);
        }
    }

    private static async Task<LockedTarget> OfRecordAsync(
        DeploymentRecord record, VerbContext context, SharedLocks shared, CancellationToken cancellation)
    {
        ILockSource[] sources = [new ProcessLocks(context.Here.Home), new TerraformLocks(context.Here.Home), shared];
        var left = new List<(ILockSource, FoundLock)>();
        foreach (ILockSource source in sources)
        {
            left.AddRange((await source.FindAsync(record, cancellation)).Select(found => (source, found)));
        }

        return new LockedTarget($"{record.Name} ({record.Id})", record.Id, left);
    }

    private static BackendPlace? PlaceOf(UnlockOptions options, VerbContext context)
    {
        string here = context.Here.CurrentFolder;
        string folder = AppFolder.Of(options.Target ?? context.Context?.App ?? here, here);
        if (!File.Exists(Path.Combine(folder, ManifestFile.FileName)))
        {
            return null;
        }

        Manifest manifest = ManifestFile.Load(folder).Manifest;
        new AppTrust(context.Here).Require(AppCode.StateOf(manifest), CodeAgreement.Of(options, context));
        return SharedTarget.PlaceOf(context.Here, manifest, options.Name ?? manifest.Name);
    }

    // A colleague's running apply looks from here like a machine that died, so --yes alone is not enough.
    private static bool IsAgreed(UnlockOptions options, VerbContext context, LockedTarget target) =>
        options.Yes && target.IsUnknown && !options.Force
            ? throw new DiagnosticException(
                ExitCode.Usage,
                CliCodes.NeedsConfirmation,
                $"{target.Question} --yes alone is not enough for that.",
                "make sure that it has ended there, then add --force")
            : options.Yes || context.Confirm(target.Question, target.IsUnknown ? "--yes --force" : "--yes");

    private static DiagnosticException Alive(LockedTarget target, FoundLock found) => new(
        ExitCode.Conflict,
        StateCodes.LockLives,
        $"{found.Kind} of {target.What} is held by {found.Holder}, which is running.",
        found.Remedy);
}
