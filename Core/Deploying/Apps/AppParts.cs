using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Manifests.Values;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Apps;

namespace TfgridCompose.Core.Deploying.Apps;

/// <summary>What the application phase works from, by name.</summary>
internal static class AppParts
{
    public static IReadOnlyList<InputPart> Of(UpRun run)
    {
        AppDeployment deployment = run.App.Manifest.Deployment;
        IReadOnlyList<RecordedHost> hosts = run.AppHosts();
        return
        [
            .. run.App.Environment.Select(
                value => new InputPart(InputKind.Variable, value.Name, value.Value.Reveal())),
            .. run.App.Files.Fingerprinted.Select(file => new InputPart(InputKind.File, NameOf(run, file), file.Stamp)),
            InputPart.Setting("version", run.App.Manifest.Version),
            .. deployment.Hooks.Select(hook => InputPart.Setting($"hook {hook.Name}", hook.Path)),
            InputPart.Setting("playbook", deployment.Playbook ?? ""),
            .. hosts.Select(host => InputPart.Setting($"machine {host.Name}", "has the app")),
            .. Facts(run, hosts),
            .. hosts.Where(host => host.AppInputs is "").Select(Unfinished),
        ];
    }

    private static string NameOf(UpRun run, AppFile file) =>
        Path.GetRelativePath(run.App.Manifest.AppFolder, file.LocalPath);

    // Addresses and other facts of the deployment, on all hosts together.
    private static IEnumerable<InputPart> Facts(UpRun run, IReadOnlyList<RecordedHost> hosts)
    {
        HashSet<string> own = [.. run.App.Environment.Select(value => value.Name)];
        return hosts
            .SelectMany(host => AppEnvironment.Of(run, host).Where(fact => !own.Contains(fact.Name)))
            .GroupBy(fact => fact.Name, fact => fact.Value.Reveal(), StringComparer.Ordinal)
            .Select(fact => new InputPart(InputKind.Derived, fact.Key, string.Join('\n', fact)));
    }

    private static InputPart Unfinished(RecordedHost host) =>
        new(InputKind.Remark, $"{host.Name} may have another version of the app", "");
}
