using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Ansible;
using TfgridCompose.Core.Tools.Apps;
using TfgridCompose.Core.Tools.Ssh;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Deploying.Apps;

/// <summary>
/// Carries out a rollout: runs the hooks or the playbook, and the pattern's steps around them. A host is taken out of
/// service before it gets the app's files, and brought back after its hooks.
/// </summary>
internal sealed class AppInstallation(UpRun run)
{
    private readonly AppDeployment _deployment = run.App.Manifest.Deployment;

    /// <summary>
    /// A failure ends the rollout: the hosts whose turn comes later are not changed, and the problem names them.
    /// </summary>
    public async Task CarryOutAsync(AppRollout rollout, CancellationToken cancellation)
    {
        await NamingUntouchedAsync(rollout.OneByOne, InstallAtOnceAsync(rollout.AtOnce, cancellation));
        var turns = new Queue<AppTarget>(rollout.OneByOne);
        int inVain = 0;
        while (turns.TryDequeue(out AppTarget? target))
        {
            // A host may leave service only while another one serves: the last one that serves waits until a broken one
            // is fixed.
            Task<bool> turn = RollAsync(target, mayWait: inVain < turns.Count, cancellation);
            await NamingUntouchedAsync([.. turns], turn);
            if (await turn)
            {
                inVain = 0;
            }
            else
            {
                inVain++;
                turns.Enqueue(target);
            }
        }
    }

    private async Task InstallAtOnceAsync(IReadOnlyList<AppTarget> targets, CancellationToken cancellation)
    {
        if (run.App.Playbook is not { } playbook)
        {
            await SideBySide.RunAsync(targets.Select(target => InstallAsync(target, cancellation)));
        }
        else if (targets.Count > 0)
        {
            await PlayAsync(playbook, targets, cancellation);
            await SideBySide.RunAsync(targets.Select(target => ServeAsync(target, cancellation)));
        }
    }

    private async Task InstallAsync(AppTarget target, CancellationToken cancellation)
    {
        await RunHooksAsync(target, cancellation);
        await ServeAsync(target, cancellation);
    }

    // Returns false if the host could not leave service and another host must have its turn first.
    private async Task<bool> RollAsync(AppTarget target, bool mayWait, CancellationToken cancellation)
    {
        bool outOfService, was = AppRecording.HostOf(run, target).OutOfService;

        // Recorded first: a host that leaves service must come back, even if the next run has nothing else to do there.
        AppRecording.Begin(run, [target]);
        AppRecording.Leaves(run, target, StepsOf(target, RolloutTime.BeforeHooks).Count > 0);
        try
        {
            outOfService = await RunStepsAsync(
                target,
                RolloutTime.BeforeHooks,
                $"nothing of the app on '{target.Host}' was changed",
                cancellation);
        }
        catch (DiagnosticException refused)
        {
            AppRecording.Leaves(run, target, was);
            if (!mayWait)
            {
                throw;
            }

            run.Here.Events.Emit(new Note($"{target.Host} waits for another host's turn: {refused.Message}"));
            return false;
        }

        await AddingAsync(
            outOfService ? $"'{target.Host}' is out of service until `tfgrid-compose up` succeeds." : null,
            ChangeAsync(target, cancellation));
        await ServeAsync(target, cancellation);
        return true;
    }

    private async Task ChangeAsync(AppTarget target, CancellationToken cancellation)
    {
        var copy = new AppCopy(run);
        IReadOnlyList<AppTarget> copied = await copy.FinishAsync(await copy.ToAsync([target], cancellation), cancellation);
        await (run.App.Playbook is { } playbook
            ? PlayAsync(playbook, copied, cancellation)
            : RunHooksAsync(copied[0], cancellation));
    }

    // A host counts as installed only when it serves again.
    private async Task ServeAsync(AppTarget target, CancellationToken cancellation)
    {
        await RunStepsAsync(
            target,
            RolloutTime.AfterHooks,
            $"the app is installed on '{target.Host}', which may be out of service",
            cancellation);
        AppRecording.Done(run, [target]);
    }

    private async Task RunHooksAsync(AppTarget target, CancellationToken cancellation)
    {
        using var work = new HostWork(run.Here.Events, "hooks", target.Host);
        var hooks = new HookRunner(run.Here.Events, run.Here.Mask, run.Ssh(AppRecording.HostOf(run, target)));
        string? seen = null;
        foreach (AppHook hook in _deployment.Hooks.SkipWhile(hook => (target.Resumes ?? hook.Name) != hook.Name))
        {
            bool resumes = hook.Name == target.Resumes;
            run.Here.Events.Emit(new Note($"{hook.Name} on {target.Host}{(resumes ? ", as the earlier run started it" : "")}"));
            HookEnd end = await hooks.RunAsync(
                resumes ? HookScript.Follow : HookScript.Run(target.Now, hook.Name, hook.PathInFolder, seen),
                hook.Name,
                PlaceOf(run, hook.Name, target.Host),
                cancellation);
            await hooks.RequireAsync(end);
            cancellation.ThrowIfCancellationRequested();
            seen = hook.Name;
        }

        await RemoveEnvironmentAsync(target, cancellation);
    }

    /// <summary>Where a hook runs and where its output is logged.</summary>
    public static HookPlace PlaceOf(UpRun run, string hook, string host)
    {
        bool oneOfSeveral = run.Record.AppHosts.Count > 1;
        return new HookPlace(host, HookLog.PathOf(run.Folder, hook, host, oneOfSeveral), oneOfSeveral);
    }

    private async Task RemoveEnvironmentAsync(AppTarget target, CancellationToken cancellation)
    {
        string environment = run.Request.Debug ? "" : $"rm -f {HookRunner.EnvironmentFile}; ";
        await run.Ssh(AppRecording.HostOf(run, target)).RunAsync(environment + HookScript.Forget, cancellation);
    }

    // Runs a copy of the files that the user agreed to. A later edit takes effect only after the next question.
    private async Task PlayAsync(PlaybookFiles playbook, IReadOnlyList<AppTarget> targets, CancellationToken cancellation)
    {
        var copy = new PlaybookCopy(playbook, PlaybookRemains.CopyIn(run.Folder));
        string variables = PlaybookRemains.VariablesIn(run.Folder);
        try
        {
            PrivateFile.Write(variables, AnsibleInventory.Variables(
                AppEnvironment.OfPlaybook(run).ToDictionary(value => value.Name, value => (object?)value.Value.Reveal())));
            await AddingAsync(PlaybookCopy.Contents, new AnsiblePlaybook(run.Here.Runner, run.Here.Events).RunAsync(
                run.Folder,
                copy.Write(),
                ["--limit", string.Join(',', targets.Select(target => target.Host)), "--extra-vars", $"@{variables}"],
                cancellation));
        }
        finally
        {
            // Even with --debug: the variables hold secrets, and what ran is in the app's folder.
            if (copy.Finish() is { } left)
            {
                run.Here.Events.Emit(new DiagnosticRaised(left));
            }

            File.Delete(variables);
        }

        await SideBySide.RunAsync(targets.Select(target => RemoveEnvironmentAsync(target, cancellation)));
    }

    private IReadOnlyList<RolloutStep> StepsOf(AppTarget target, RolloutTime when) =>
        [.. run.App.Pattern.Rollout(run.RequireFacts(), target.Host).Where(step => step.When == when)];

    /// <summary>Returns whether there were any steps.</summary>
    private async Task<bool> RunStepsAsync(
        AppTarget target, RolloutTime when, string consequence, CancellationToken cancellation)
    {
        IReadOnlyList<RolloutStep> steps = StepsOf(target, when);
        foreach (RolloutStep step in steps)
        {
            if (await HostSteps.FailureOfAsync(
                run, new RecordedStep(step.Host, step.Command, step.Description), cancellation) is { } failure)
            {
                throw new DiagnosticException(
                    ExitCode.Application,
                    AppCodes.RolloutStepFailed,
                    $"The rollout stopped at '{target.Host}': {failure}\nSo far {consequence}.",
                    $"fix the cause and run `tfgrid-compose up` again: the rollout goes on with '{target.Host}'").On(target.Host);
            }
        }

        return steps.Count > 0;
    }

    private static Task NamingUntouchedAsync(IReadOnlyList<AppTarget> untouched, Task work) =>
        AddingAsync(
            untouched.Count > 0 ? $"Not changed: {string.Join(", ", untouched.Select(target => target.Host))}." : null,
            work);

    // The first problem also says what the failure leaves behind.
    private static async Task AddingAsync(string? line, Task work)
    {
        try
        {
            await work;
        }
        catch (DiagnosticException problem) when (line is not null)
        {
            Diagnostic first = problem.Diagnostics[0];
            throw new DiagnosticException(
                problem.ExitCode,
                [first with { Message = $"{first.Message}\n{line}" }, .. problem.Diagnostics.Skip(1)],
                problem);
        }
    }
}
