using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation;
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
    // The shell's exit code if what arrived differs from what was sent.
    private const int Differs = 65;

    // 128 + SIGKILL.
    private const int Killed = 137;

    private const string List = "/" + AppArchive.HashList;

    private static readonly string Receive =
        $"{HookScript.RefuseUnseen}; rm -rf {AppFiles.DeploymentFolder} {AppFiles.SourceFolder} {List} {List}.check && "
            + $"mkdir -m 755 {AppFiles.DeploymentFolder} {AppFiles.SourceFolder} && tar -xzf - -C / --no-same-owner && cd / && "
            + $"{{ sha256sum -c {List} >{List}.check 2>&1 || {{ grep -v ': OK$' {List}.check | head -n 5 >&2; exit {Differs}; }}; }} && "
            + $"rm {List} {List}.check";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    /// <summary>
    /// A host keeps its files while nobody has seen the hook of an earlier run end: that hook is resumed if it works from the
    /// same inputs, else <see cref="FinishAsync"/> waits for its end.
    /// </summary>
    public async Task<IReadOnlyList<AppTarget>> ToAsync(
        IReadOnlyList<AppTarget> targets, CancellationToken cancellation)
    {
        // From here on, the app that their hooks installed last is gone, whatever the next manifest says.
        AppRecording.Begin(run, targets);
        return await SideBySideAsync(targets.Select(target => ToAsync(target, cancellation)));
    }

    /// <summary>Waits for hooks that have to end first, and copies to their hosts.</summary>
    public Task<IReadOnlyList<AppTarget>> FinishAsync(
        IReadOnlyList<AppTarget> targets, CancellationToken cancellation) =>
        SideBySideAsync(targets.Select(target => FinishAsync(target, cancellation)));

    private static async Task<IReadOnlyList<AppTarget>> SideBySideAsync(IEnumerable<Task<AppTarget>> copies)
    {
        Task<AppTarget>[] all = [.. copies];
        await SideBySide.RunAsync(all);
        return await Task.WhenAll(all);
    }

    private async Task<AppTarget> ToAsync(AppTarget target, CancellationToken cancellation)
    {
        RecordedHost host = AppRecording.HostOf(run, target);
        using var work = new HostWork(run.Here.Events, "copy", host.Name);
        UnseenHook? unseen = await SendAsync(host, cancellation);
        bool resumes = unseen?.Key == target.Now && run.Request.Selection.Forces(PhaseId.Application) is null;
        return target with { Resumes = resumes ? unseen?.Name : null, Awaits = resumes ? null : unseen };
    }

    private async Task<AppTarget> FinishAsync(AppTarget target, CancellationToken cancellation)
    {
        while (target.Awaits is { } unseen)
        {
            await EndAsync(AppRecording.HostOf(run, target), unseen, cancellation);
            target = await ToAsync(target, cancellation);
        }

        return target;
    }

    // Two hooks must not run at once, and one that is interrupted may leave half of its work.
    private async Task EndAsync(RecordedHost host, UnseenHook unseen, CancellationToken cancellation)
    {
        run.Here.Events.Emit(new Note($"the {unseen.Name} hook of an earlier run has to end first on {host.Name}"));
        var hooks = new HookRunner(run.Here.Events, run.Here.Mask, run.Ssh(host));
        HookEnd end = await hooks.RunAsync(
            HookScript.Follow, unseen.Name, AppInstallation.PlaceOf(run, unseen.Name, host.Name), cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (end.IsConnectionLost)
        {
            await hooks.RequireAsync(end);
        }

        ToolResult forgotten = await hooks.ForgetAsync();
        if (!forgotten.Succeeded)
        {
            throw Failed(host, forgotten);
        }
    }

    private async Task<UnseenHook?> SendAsync(RecordedHost host, CancellationToken cancellation)
    {
        HashSet<string> executables =
        [
            .. run.App.Manifest.Deployment.Hooks.Select(AppFiles.HostPath),
        ];
        var archive = new AppArchive(run.App.Files.Files, PrivateFiles(host), executables);
        SshClient ssh = run.Ssh(host);
        ToolResult result = await ssh.RunAsync(
            ssh.Connection.Run(Receive) with { Input = archive.WriteAsync, TimeLimit = Limit }, cancellation);
        return result.ExitCode == HookScript.Unseen && UnseenHook.Parse(result.Output) is { } unseen
            ? unseen
            : result.Succeeded ? null : throw Failed(host, result).On(host.Name);
    }

    private DiagnosticException Failed(RecordedHost host, ToolResult result) => result switch
    {
        { InputProblem: { } problem } => new(
            ExitCode.Application,
            AppCodes.CopyFailed,
            $"The app could not be copied to '{host.Name}': {problem.Message}",
            "let no other program write to the app's folder meanwhile, then run `tfgrid-compose up` again"),
        { TimedOut: true } => new(
            ExitCode.Application,
            AppCodes.CopyFailed,
            $"The app was not copied to '{host.Name}' within {Limit.TotalMinutes:F0} minutes.",
            "leave large files out of the app's folder, or let a hook fetch them; then run `tfgrid-compose up` again"),
        { ExitCode: SshClient.ConnectionFailed } => new(
            ExitCode.Application,
            AppCodes.CopyFailed,
            $"The connection to '{host.Name}' was lost while the app was copied: {result.Tail()}",
            $"`tfgrid-compose status {run.Record.Id}` shows whether the machine answers. A machine with no memory left "
                + "closes connections: give it more memory, then run `tfgrid-compose up` again"),
        { ExitCode: Killed } => new(
            ExitCode.Application,
            AppCodes.CopyFailed,
            $"The copy to '{host.Name}' was killed there, usually because the machine had no memory left: {result.Tail()}",
            "give the machine more memory, or the app fewer and smaller files; then run `tfgrid-compose up` again"),
        { ExitCode: Differs } => new(
            ExitCode.Application,
            AppCodes.CopyDiffers,
            $"The files that arrived on '{host.Name}' differ from those that were sent:\n{result.Tail()}",
            "check the machine's disk space (`tfgrid-compose exec -- df -h`), then run `tfgrid-compose up` again"),
        _ => new(
            ExitCode.Application,
            AppCodes.CopyFailed,
            $"The app could not be copied to '{host.Name}': ssh {result.Ending}: {result.Tail()}",
            "check the machine's disk space (`tfgrid-compose exec -- df -h`), then run `tfgrid-compose up` again"),
    };

    // state.yaml is copied because hooks of existing apps read it there.
    private Dictionary<string, string> PrivateFiles(RecordedHost host) => new()
    {
        [$"{AppFiles.SourceFolder[1..]}/.env"] = EnvFileText.Of(run.App.Environment),
        [HookRunner.EnvironmentFile[1..]] = EnvFileText.Of(AppEnvironment.Of(run, host)),
        [$"{AppFiles.DeploymentFolder[1..]}/state.yaml"] = StateYaml.Of(run.Record),
    };
}
