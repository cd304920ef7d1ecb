using System.Text.Json;
using TfgridCompose.Core.Ansible;
using TfgridCompose.Core.Apps;
using TfgridCompose.Core.Diagnostics;
using TfgridCompose.Core.EnvironmentValues;
using TfgridCompose.Core.Events;
using TfgridCompose.Core.Fingerprints;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Patterns;
using TfgridCompose.Core.Processes;
using TfgridCompose.Core.Ssh;
using TfgridCompose.Core.State;

namespace TfgridCompose.Core.Phases;

/// <summary>Copies the app and runs its hooks, or its playbook in their place.</summary>
public sealed class ApplicationPhase : IPhase
{
    private static readonly TimeSpan CopyLimit = TimeSpan.FromMinutes(30);
    private Task? _copy;

    public PhaseId Id => PhaseId.Application;

    public IReadOnlyList<PhaseId> RunsAfter => [PhaseId.Infrastructure];

    public string Inputs(UpRun run) => Fingerprint.Of(
        run.App.FilesInputs,
        Fingerprint.Of(run.App.Manifest.Deployment.Hooks.Select(hook => $"{hook.Name}={hook.Path}").Append(run.App.Manifest.Deployment.Playbook ?? "")),
        Fingerprint.Of(run.Record.Hosts.SelectMany(host => HookEnvironment(run, host).Select(value => $"{value.Name}={value.Value.Reveal()}"))));

    /// <summary>Begins the copy, so that the source travels while Ansible runs. <see cref="RunAsync"/> awaits it.</summary>
    public void StartCopy(UpRun run, CancellationToken cancellation) => _copy ??= CopyAsync(run, cancellation);

    /// <summary>Lets a copy that was begun come to its end after another phase failed; that phase's error is the one to report.</summary>
    public async Task SettleAsync()
    {
        if (_copy is not null)
        {
            await _copy.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async Task RunAsync(UpRun run, CancellationToken cancellation)
    {
        StartCopy(run, cancellation);
        await (_copy ?? Task.CompletedTask);
        AppDeployment deployment = run.App.Manifest.Deployment;
        if (deployment.Playbook is { } playbook)
        {
            await RunPlaybookAsync(run, Path.Combine(run.App.Manifest.AppFolder, playbook), cancellation);
            return;
        }

        var hooks = new HookRunner(run.Here.Events, run.Here.Mask);
        foreach (RecordedHost host in HostsOf(run))
        {
            foreach (AppHook hook in deployment.Hooks)
            {
                run.Here.Events.Emit(new Note($"{hook.Name} on {host.Name}"));
                await hooks.RunAsync(run.Ssh(host), host.Name, hook.Name, hook.PathInFolder, run.Folder, cancellation);
            }

            if (!run.Request.Debug)
            {
                await run.Ssh(host).RunAsync($"rm -f {HookRunner.EnvironmentFile}", cancellation);
            }
        }
    }

    private static IReadOnlyList<RecordedHost> HostsOf(UpRun run)
    {
        IReadOnlyList<string> names = run.App.Pattern.AppTargets(run.RequireFacts());
        run.Update(record => record with { AppHosts = names });
        return [.. names.Select(name => run.Record.Hosts.First(host => host.Name == name))];
    }

    private static List<EnvironmentValue> HookEnvironment(UpRun run, RecordedHost host)
    {
        string? domain = run.App.Environment.FirstOrDefault(value => value.Name is "TFGRID_DOMAIN" or "DOMAIN")?.Value.Reveal();
        IEnumerable<EnvironmentValue> facts = HookVariables.Facts(run.Record, host, run.App.Manifest, domain).Select(pair => new EnvironmentValue(pair.Key, pair.Value));
        return [.. facts.ExceptBy(run.App.Environment.Select(value => value.Name), fact => fact.Name), .. run.App.Environment];
    }

    private static async Task CopyAsync(UpRun run, CancellationToken cancellation)
    {
        HashSet<string> executables = [.. run.App.Manifest.Deployment.Hooks.Select(hook => $"{AppFiles.DeploymentFolder[1..]}/{hook.PathInFolder}")];
        await Task.WhenAll(HostsOf(run).Select(host => CopyToAsync(run, host, executables, cancellation)));
    }

    private static async Task CopyToAsync(
        UpRun run, RecordedHost host, IReadOnlySet<string> executables, CancellationToken cancellation)
    {
        var archive = new AppArchive(run.App.Files, PrivateFiles(run, host), executables);
        SshClient ssh = run.Ssh(host);
        const string receive = $"rm -rf {AppFiles.DeploymentFolder} {AppFiles.SourceFolder} && mkdir -m 755 {AppFiles.DeploymentFolder} {AppFiles.SourceFolder} && tar -xzf - -C / --no-same-owner";
        ToolResult result = await ssh.RunAsync(
            new ToolCommand("ssh", ssh.Connection.Command(receive)) { Input = archive.WriteAsync, TimeLimit = CopyLimit }, cancellation);
        if (!result.Succeeded)
        {
            throw new DiagnosticException(
                ExitCode.Application,
                AppCodes.CopyFailed,
                $"The app could not be copied to '{host.Name}': exit {result.ExitCode}: {result.Tail()}",
                "check the machine's disk space (`tfgrid-compose exec -- df -h`), then run `tfgrid-compose up` again");
        }
    }

    // state.yaml travels because hooks of existing apps read it there.
    private static Dictionary<string, string> PrivateFiles(UpRun run, RecordedHost host) => new()
    {
        [$"{AppFiles.SourceFolder[1..]}/.env"] = EnvFileText.Of(run.App.Environment),
        [HookRunner.EnvironmentFile[1..]] = EnvFileText.Of(HookEnvironment(run, host)),
        [$"{AppFiles.DeploymentFolder[1..]}/state.yaml"] = StateYaml.Of(run.Record),
    };

    private static async Task RunPlaybookAsync(UpRun run, string playbook, CancellationToken cancellation)
    {
        string variables = Path.Combine(run.Folder.Ansible, $"app-variables-{Environment.ProcessId}.json");
        PrivateFile.Write(variables, JsonSerializer.Serialize(
            HookEnvironment(run, run.Record.Hosts[0]).ToDictionary(value => value.Name, value => (object?)value.Value.Reveal()), PatternValueJson.Options));
        try
        {
            await new AnsiblePlaybook(run.Here.Runner, run.Here.Events).RunAsync(run.Folder, playbook, ["--extra-vars", $"@{variables}"], cancellation);
        }
        finally
        {
            if (!run.Request.Debug)
            {
                File.Delete(variables);
            }
        }
    }
}
