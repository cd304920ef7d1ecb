using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Fingerprints;
using TfgridCompose.Core.Manifests.Values;
using TfgridCompose.Core.Records.Deployments;

namespace TfgridCompose.Core.Deploying.Runs;

/// <summary>
/// Where the values of the app's variables come from. A value from the command line is not remembered, so without it, the
/// next run would silently take the variable's value from another source.
/// </summary>
public static class ValueOrigins
{
    private const string Assignment = "--env";
    private const string Default = "default";

    /// <summary>For the record, when the values are about to reach the machines.</summary>
    public static IReadOnlyList<RecordedValue> Of(UpRun run) =>
        [.. run.App.Environment.Select(value => new RecordedValue(value.Name, value.Origin, MarkOf(run.Record, value)))];

    /// <summary>The variables whose value changed because it now comes from another source.</summary>
    public static IReadOnlyList<MovedValue> MovedIn(UpRun run) =>
        [.. run.Record.Values.Select(before => MovedIn(run, before)).OfType<MovedValue>()];

    public static Diagnostic Warning(MovedValue moved) => Diagnostic.Warning(
        EnvironmentCodes.ValueMoved,
        $"{moved.Name}: its value came from {Shown(moved.Before)} last time, "
            + (moved.Now is { } now ? $"now from {Shown(now)}." : "now it has none."),
        !IsCommandLine(moved.Before) ? "if the former value is meant, give it as you did last time"
            : $"to keep the former value, add `{Again(moved)}`, or write it into the app's .env");

    private static MovedValue? MovedIn(UpRun run, RecordedValue before)
    {
        EnvironmentValue? now = run.App.Environment.FirstOrDefault(value => value.Name == before.Name);

        // A value on this command line is intended.
        return now is not null
            && (now.Origin == before.Origin || IsCommandLine(now.Origin) || MarkOf(run.Record, now) == before.Mark)
            ? null
            : new MovedValue(before.Name, before.Origin, now?.Origin);
    }

    // --env, or --env-file with its path.
    private static bool IsCommandLine(string origin) => origin.StartsWith(Assignment, StringComparison.Ordinal);

    private static string Again(MovedValue moved) =>
        moved.Before == Assignment ? $"{Assignment} {moved.Name}=VALUE" : moved.Before;

    private static string MarkOf(DeploymentRecord record, EnvironmentValue value) =>
        KeyedMark.Of(record.Seed, value.Name, value.Value.Reveal());

    private static string Shown(string origin) => origin == Default ? "the manifest's default" : origin;
}
