using System.Text.Json;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Foundation.Fingerprints;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tools.Terraform.Plans;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Tools.Terraform;

/// <summary>One deployment's Terraform folder and what is done in it.</summary>
/// <param name="folder">The deployment's folder.</param>
/// <param name="tool">tofu or terraform.</param>
/// <param name="environment">What it finds in its environment.</param>
/// <param name="runner">Starts it.</param>
/// <param name="events">Where its progress goes.</param>
/// <param name="encryption">The passphrase of OpenTofu's encryption; null: what stands there already.</param>
public sealed class TerraformWorkspace(
    DeploymentFolder folder, TerraformTool tool, IReadOnlyDictionary<string, string?> environment, IToolRunner runner, IEventSink events, string? encryption = null)
{
    internal const string PlanFile = "tfplan";

    // Where Terraform leaves a state that it could not bring to its place.
    private const string ErroredState = "errored.tfstate";

    // The provider's own limit for a create is 45 minutes.
    private static readonly TimeSpan ToolLimit = TimeSpan.FromHours(2);

    private static readonly TimeSpan RefreshLimit = TimeSpan.FromMinutes(2);

    // A Terraform whose tfgrid-compose was killed goes on to its end and holds its state's lock until then. In a shared backend it may be
    // another machine's, which is named after a shorter wait.
    private string LockWait => BackendFile.IsIn(folder.Terraform) ? "-lock-timeout=60s" : "-lock-timeout=300s";

    // Terraform gives it 0644 whatever the umask says.
    private string LockFile => Path.Combine(folder.Terraform, ".terraform.lock.hcl");

    private StateStore Store => new(folder.Terraform, tool, environment, runner);

    private StateBackups Backups => new(folder, TimeProvider.System);

    private string InitStamp => Path.Combine(folder.Terraform, ".terraform", "tfgrid-compose-init");

    /// <summary>Runs <c>init</c> unless nothing that it depends on has changed since it last succeeded.</summary>
    public async Task InitAsync(CancellationToken cancellation)
    {
        Encrypt();
        string stamp = Fingerprint.Of([tool.Path, .. Sources().Order(StringComparer.Ordinal).Select(File.ReadAllText)]);
        if (File.Exists(InitStamp) && await File.ReadAllTextAsync(InitStamp, cancellation) == stamp)
        {
            return;
        }

        ToolResult result = await RunAsync(["init", "-input=false", "-no-color", .. Reconfigure()], folder.TerraformInitLog, null, cancellation);
        Require(result, null, TerraformCodes.InitFailed, "init", folder.TerraformInitLog);
        PrivateFile.Restrict(LockFile);
        await File.WriteAllTextAsync(InitStamp, stamp, cancellation);
    }

    /// <summary>Asks a state that does not lie here in clear, and writes down what exists.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        if (TerraformState.MustBeAsked(folder))
        {
            string state = await Store.PullAsync(cancellation);
            Backups.Take(state);
            TerraformState.WriteDown(folder, StateText.OfPull(state));
        }
    }

    /// <summary>Saves a plan and returns what it would change.</summary>
    /// <param name="replace">Addresses of instances that are to be made anew whatever their arguments.</param>
    /// <param name="takesNoLock">Reads the state without its lock.</param>
    /// <param name="cancellation">Ends the work before the next tool.</param>
    public async Task<TerraformPlan> PlanAsync(IReadOnlyList<string> replace, bool takesNoLock, CancellationToken cancellation)
    {
        if (!takesNoLock)
        {
            await RecoverAsync(cancellation);
        }

        var messages = new TerraformMessages();
        ToolResult result = await RunAsync(
            ["plan", "-json", "-input=false", takesNoLock ? "-lock=false" : LockWait, $"-out={PlanFile}", .. replace.Select(address => $"-replace={address}")],
            folder.TerraformPlanLog,
            messages,
            cancellation);
        Require(result, messages, TerraformCodes.PlanFailed, "plan", folder.TerraformPlanLog);
        return messages.PlansAnything ? await ReadPlanAsync(cancellation) : TerraformPlan.Empty;
    }

    /// <summary>What on the grid is not as the state has it, or why that could not be seen. Nothing is written and no lock is taken.</summary>
    public async Task<(IReadOnlyList<(string Address, string Action)> Drift, string? Problem)> RefreshAsync(CancellationToken cancellation)
    {
        var messages = new TerraformMessages();
        ToolResult result = await runner.RunAsync(
            Command(["plan", "-refresh-only", "-json", "-input=false", "-lock=false"]) with { OnOutput = line => messages.Take(line), TimeLimit = RefreshLimit }, cancellation);
        return (messages.Drift, result.Succeeded ? null : messages is { Errors.Count: > 0 } ? string.Join("; ", messages.Errors) : result.Tail());
    }

    // No log and no file: the plan's JSON holds variables in clear.
    private async Task<TerraformPlan> ReadPlanAsync(CancellationToken cancellation)
    {
        ToolResult result = await RunAsync(["show", "-json", PlanFile], null, null, cancellation);
        Require(result, null, TerraformCodes.PlanFailed, "show", folder.TerraformPlanLog);
        return TerraformPlanReader.Read(result.Output);
    }

    /// <summary>Applies the saved plan.</summary>
    public async Task ApplyAsync(CancellationToken cancellation)
    {
        var messages = new TerraformMessages();
        await KeepStateAsync(cancellation);
        ToolResult result = await RunAsync(["apply", "-json", "-input=false", LockWait, PlanFile], folder.TerraformApplyLog, messages, cancellation);
        await KeepChangedStateAsync(result);
        Require(result, messages, TerraformCodes.ApplyFailed, "apply", folder.TerraformApplyLog);
    }

    public void DeletePlan()
    {
        if (Directory.Exists(folder.Terraform))
        {
            File.Delete(Path.Combine(folder.Terraform, PlanFile));
        }
    }

    public async Task<IReadOnlyDictionary<string, JsonElement>> OutputsAsync(CancellationToken cancellation)
    {
        ToolResult result = await RunAsync(["output", "-json"], null, null, cancellation);
        Require(result, null, TerraformCodes.OutputsUnreadable, "output", folder.TerraformApplyLog);
        using JsonDocument document = JsonDocument.Parse(result.Output);
        return document.RootElement.EnumerateObject().ToDictionary(
            output => output.Name, output => output.Value.GetProperty("value").Clone(), StringComparer.Ordinal);
    }

    /// <summary>The whole state, wherever Terraform keeps it. It holds secrets.</summary>
    public async Task<StateText> StateAsync(CancellationToken cancellation) => StateText.OfPull(await Store.PullAsync(cancellation));

    /// <summary>
    /// Destroys everything. Without a refresh: it would fail on a node that is down, whose contracts can be cancelled all the same, and the
    /// provider takes a contract that is gone already for cancelled.
    /// </summary>
    public async Task DestroyAsync(CancellationToken cancellation)
    {
        var messages = new TerraformMessages();
        await RecoverAsync(cancellation);
        await KeepStateAsync(cancellation);
        ToolResult result = await RunAsync(
            ["destroy", "-json", "-auto-approve", "-input=false", "-refresh=false", LockWait],
            folder.TerraformApplyLog,
            messages,
            cancellation);
        await KeepChangedStateAsync(result);
        Require(result, messages, TerraformCodes.DestroyFailed, "destroy", folder.TerraformApplyLog);
    }

    // A full disk or a backend that went away in the middle of an apply: this file then is the only one that knows what was made.
    private async Task RecoverAsync(CancellationToken cancellation)
    {
        string errored = Path.Combine(folder.Terraform, ErroredState);
        if (!File.Exists(errored))
        {
            return;
        }

        string text = await File.ReadAllTextAsync(errored, cancellation);
        Backups.Take(text);
        await Store.PushAsync(text, force: false, cancellation);
        File.Delete(errored);
        events.Emit(new Note($"{errored}, which an interrupted run had left, is the state again"));
        await LookAsync(cancellation);
    }

    // Terraform's own and ours beside the pattern's.
    private string[] Sources() => [.. Directory.GetFiles(folder.Terraform, "*.tf"), .. Directory.GetFiles(folder.Terraform, "*.tf.json")];

    // Terraform remembers its last backend. Nothing is copied from it: `state migrate` does that, and looks at the copy.
    private string[] Reconfigure()
    {
        if (BackendFile.IsIn(folder.Terraform))
        {
            return ["-reconfigure"];
        }

        // From a backend to none, -reconfigure alone does not forget it.
        string remembered = Path.Combine(folder.Terraform, ".terraform", TerraformState.FileName);
        if (File.Exists(remembered))
        {
            File.Delete(remembered);
        }

        return [];
    }

    private void Encrypt()
    {
        if (tool.IsOpenTofu && encryption is { } passphrase)
        {
            PrivateFile.Write(Path.Combine(folder.Terraform, StateEncryption.FileName), StateEncryption.Text(passphrase));
        }
    }

    // A failed command may have changed the state too; its own error is the one to report.
    private async Task KeepChangedStateAsync(ToolResult result)
    {
        try
        {
            await KeepStateAsync(CancellationToken.None);
        }
        catch (Exception) when (!result.Succeeded)
        {
            events.Emit(new Note("the state after this failure could not be read; the one before it is kept"));
        }
    }

    private async Task KeepStateAsync(CancellationToken cancellation)
    {
        if (BackendFile.IsIn(folder.Terraform))
        {
            string shared = await Store.PullAsync(cancellation);
            Backups.Take(shared);
            TerraformState.WriteDown(folder, StateText.OfPull(shared));
            return;
        }

        string path = Path.Combine(folder.Terraform, TerraformState.FileName);
        if (File.Exists(path))
        {
            Backups.Take(await File.ReadAllTextAsync(path, cancellation));
            await LookAsync(cancellation);
        }
    }

    private Task<ToolResult> RunAsync(
        IReadOnlyList<string> arguments, string? log, TerraformMessages? messages, CancellationToken cancellation) =>
        runner.RunAsync(
            Command(arguments) with
            {
                LogFile = log,
                OutputFolder = messages is null ? null : folder.Terraform,
                OnOutput = messages is null ? null : line => Show(messages.Take(line)),
            },
            cancellation);

    private ToolCommand Command(IReadOnlyList<string> arguments) => new(tool.Path, arguments)
    {
        WorkingDirectory = folder.Terraform,
        TimeLimit = ToolLimit,
        Environment = environment,
    };

    private void Show(string? text)
    {
        if (text is not null)
        {
            events.Emit(new ToolLine(tool.Name, text));
        }
    }

    private void Require(ToolResult result, TerraformMessages? messages, string code, string verb, string log)
    {
        if (result.Succeeded)
        {
            return;
        }

        if (LockInfo.In(string.Join('\n', messages?.Errors ?? [])) is { } held)
        {
            throw LockProblem.Of(held, folder.Id);
        }

        string reason = messages is { Errors.Count: > 0 } ? string.Join('\n', messages.Errors) : result.Tail();
        throw new DiagnosticException(
            ExitCode.Infrastructure, code, $"{tool.Name} {verb} ended with {result.ExitCode}:\n{reason}", $"read {log}; mend the cause and run the same command again");
    }
}
