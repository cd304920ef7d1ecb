using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation.Fingerprints;
using TfgridCompose.Core.Manifests.Values;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Apps;

namespace TfgridCompose.Core.Deploying.Apps;

/// <summary>What the app's hooks work from.</summary>
internal static class AppEnvironment
{
    /// <summary>The variables of a host's hooks: the app's values, which win, and the deployment's facts.</summary>
    public static IReadOnlyList<EnvironmentValue> Of(UpRun run, RecordedHost host)
    {
        string? domain =
            run.App.Environment.FirstOrDefault(value => value.Name is "TFGRID_DOMAIN" or "DOMAIN")?.Value.Reveal();
        IEnumerable<EnvironmentValue> facts = HookVariables.Facts(run.Record, host, run.App.Manifest, domain)
            .Select(pair => new EnvironmentValue(pair.Key, pair.Value));
        return [
            .. facts.ExceptBy(run.App.Environment.Select(value => value.Name), fact => fact.Name),
            .. run.App.Environment,
        ];
    }

    /// <summary>A playbook runs once for all its hosts and gets the variables of the primary one.</summary>
    public static IReadOnlyList<EnvironmentValue> OfPlaybook(UpRun run) => Of(run, run.Record.Hosts[0]);

    /// <summary>
    /// A fingerprint of everything that the phase works from: its hosts, what each one's application works from, and
    /// whether its last installation failed. The journal keeps it when the phase has ended.
    /// </summary>
    public static string Inputs(UpRun run) => Fingerprint.Of(
        InRecordedOrder(run)
            .SelectMany(host => new[] { host.Name, InputsOf(run, host), host.AppInputs is "" ? "begun" : "" }));

    /// <summary>
    /// A fingerprint of everything that the application of one host works from. It includes addresses, so it is known
    /// only after the wait.
    /// </summary>
    public static string InputsOf(UpRun run, RecordedHost host) => Fingerprint.Of(
        run.App.Files.Inputs,
        Hooks(run),
        Fingerprint.Of(Lines(Of(run, host))),
        run.App.Manifest.Deployment.Playbook is null ? "" : Fingerprint.Of(Lines(OfPlaybook(run))));

    // Older journals hold fingerprints in this order.
    private static IEnumerable<RecordedHost> InRecordedOrder(UpRun run)
    {
        HashSet<string> names = [.. run.AppHosts().Select(host => host.Name)];
        return run.Record.Hosts.Where(host => names.Contains(host.Name));
    }

    private static string Hooks(UpRun run) => Fingerprint.Of(
        run.App.Manifest.Deployment.Hooks.Select(hook => $"{hook.Name}={hook.Path}")
            .Append(run.App.Manifest.Deployment.Playbook ?? ""));

    private static IEnumerable<string> Lines(IEnumerable<EnvironmentValue> values) =>
        values.Select(value => $"{value.Name}={value.Value.Reveal()}");
}
