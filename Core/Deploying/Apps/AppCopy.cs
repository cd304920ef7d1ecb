using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Manifests.Values;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Apps;
using TfgridCompose.Core.Tools.Ssh;

namespace TfgridCompose.Core.Deploying.Apps;

/// <summary>Sends the app's files to hosts, replacing what is there.</summary>
internal sealed class AppCopy(UpRun run)
{
    private const string Receive =
        $"rm -rf {AppFiles.DeploymentFolder} {AppFiles.SourceFolder} && mkdir -m 755 {AppFiles.DeploymentFolder} "
            + $"{AppFiles.SourceFolder} && tar -xzf - -C / --no-same-owner";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    public async Task ToAsync(IReadOnlyList<AppTarget> targets, CancellationToken cancellation)
    {
        // From here on the app that their hooks last installed is gone, whatever the next manifest says.
        AppRecording.Begin(run, targets);
        await SideBySide.RunAsync(targets.Select(target => ToAsync(AppRecording.HostOf(run, target), cancellation)));
    }

    private async Task ToAsync(RecordedHost host, CancellationToken cancellation)
    {
        using var work = new HostWork(run.Here.Events, "copy", host.Name);
        HashSet<string> executables =
        [
            .. run.App.Manifest.Deployment.Hooks
                .Select(hook => $"{AppFiles.DeploymentFolder[1..]}/{hook.PathInFolder}"),
        ];
        var archive = new AppArchive(run.App.Files, PrivateFiles(host), executables);
        SshClient ssh = run.Ssh(host);
        ToolResult result = await ssh.RunAsync(
            ssh.Connection.Run(Receive) with { Input = archive.WriteAsync, TimeLimit = Limit }, cancellation);
        if (!result.Succeeded)
        {
            throw new DiagnosticException(
                ExitCode.Application,
                AppCodes.CopyFailed,
                $"The app could not be copied to '{host.Name}': ssh ended with exit code {result.ExitCode}: {result.Tail()}",
                "check the machine's disk space (`tfgrid-compose exec -- df -h`), then run `tfgrid-compose up` again");
        }
    }

    // state.yaml travels because hooks of existing apps read it there.
    private Dictionary<string, string> PrivateFiles(RecordedHost host) => new()
    {
        [$"{AppFiles.SourceFolder[1..]}/.env"] = EnvFileText.Of(run.App.Environment),
        [HookRunner.EnvironmentFile[1..]] = EnvFileText.Of(AppEnvironment.Of(run, host)),
        [$"{AppFiles.DeploymentFolder[1..]}/state.yaml"] = StateYaml.Of(run.Record),
    };
}
