using System.Text.Json;
using TfgridCompose.Core.Diagnostics;
using TfgridCompose.Core.State;
using TfgridCompose.Core.Terraform;

namespace TfgridCompose.Cli.Verbs;

/// <summary>Takes away what processes that died left locked. One that lives is named and left alone.</summary>
internal static class UnlockVerb
{
    public static async Task<int> RunAsync(UnlockOptions options, VerbContext context, CancellationToken cancellation)
    {
        DeploymentRecord record = context.Locator.Find(options.Target, options.Name);
        var left = new List<(ILockSource Source, FoundLock Lock)>();
        foreach (ILockSource source in SourcesOf(context))
        {
            left.AddRange((await source.FindAsync(record, cancellation)).Select(found => (source, found)));
        }

        RequireNobodyAlive(record, [.. left.Select(pair => pair.Lock)]);
        if (left.Count > 0 && !options.Yes && !context.Confirm($"Unlock {record.Name} ({record.Id})? Left by processes that died: {Names(left)}.", "--yes"))
        {
            context.Streams.Error.WriteLine("nothing was done");
            return 0;
        }

        foreach ((ILockSource source, FoundLock found) in left)
        {
            if (!await source.RemoveAsync(found, cancellation))
            {
                throw Alive(record, found);
            }
        }

        context.Streams.Out.WriteLine(context.Global.Json
            ? JsonSerializer.Serialize(new { id = record.Id, removed = left.Select(pair => new { kind = pair.Lock.Kind, holder = pair.Lock.Holder }) })
            : left.Count == 0 ? $"{record.Name} ({record.Id}) is not locked" : $"unlocked {record.Name} ({record.Id}): {Names(left)}");
        return 0;
    }

    private static IReadOnlyList<ILockSource> SourcesOf(VerbContext context) => [new ProcessLocks(context.Here.Home), new TerraformLocks(context.Here.Home)];

    private static string Names(List<(ILockSource Source, FoundLock Lock)> left) =>
        string.Join("; ", left.Select(pair => $"{pair.Lock.Kind}, {pair.Lock.Holder}").Distinct());

    private static void RequireNobodyAlive(DeploymentRecord record, IReadOnlyList<FoundLock> locks)
    {
        if (locks.FirstOrDefault(found => found.IsAlive) is { } alive)
        {
            throw Alive(record, alive);
        }
    }

    private static DiagnosticException Alive(DeploymentRecord record, FoundLock found) => new(
        ExitCode.Conflict, StateCodes.LockLives, $"{found.Kind} of {record.Name} ({record.Id}) is held by {found.Holder}, which lives.", found.Remedy);
}
