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

/// <summary>Runs Terraform in the folder of a deployment.</summary>
/// <param name="folder">The deployment's folder.</param>
/// <param name="tool">tofu or terraform.</param>
/// <param name="environment">Its environment variables.</param>
/// <param name="runner">Starts it.</param>
/// <param name="events">Receives its progress.</param>
/// <param name="encryption">The passphrase of OpenTofu's encryption; null leaves the encryption as it is.</param>
public sealed class TerraformWorkspace(
    DeploymentFolder folder,
    TerraformTool tool,
    IReadOnlyDictionary<string, string?> environment,
    IToolRunner runner,
    IEventSink events,
    string? encryption = null)
{
    internal const string PlanFile = "tfplan";

    // The provider's own limit for a create is 45 minutes.
    private static readonly TimeSpan ToolLimit = TimeSpan.FromHours(2);

    private static readonly TimeSpan RefreshLimit = TimeSpan.FromMinutes(2);

    // The Terraform of a killed tfgrid-compose holds the lock until it ends; one on another machine is reported sooner.
    private string LockWait => BackendFile.IsIn(folder.Terraform) ? "60s" : "300s";

    // Terraform creates it with mode 0644 regardless of the umask.
    private string LockFile => Path.Combine(folder.Terraform, ".terraform.lock.hcl");

    internal Func<bool> IsTerraformRunning { get; init; } = RunningTerraform.IsAny;

    private StateStore Store => new(folder.Terraform, tool, environment, runner)
    {
        Limit = StoreLimit,
        Say = text => events.Emit(new Note(text)),
    };

    /// <summary>How long reading or writing the whole state may take.</summary>
    public TimeSpan StoreLimit { private get; init; } = StateStore.DefaultLimit;

    /// <summary>Refuses another deployment's state; null accepts any state.</summary>
    public StateIdentity? Identity { private get; init; }

    /// <summary>Whether a destroy has ended anything, or may have.</summary>
    public bool HasDestroyed { get; private set; }

    /// <summary>Whether a destroy began with a resource and failed by itself: not at a lock, and not because it was killed.</summary>
    public bool FailedAtResource { get; private set; }

    private StateKeeping States => new(folder, Store, events) { Identity = Identity };

    private string InitStamp => Path.Combine(folder.Terraform, ".terraform", "tfgrid-compose-init");

    /// <summary>Runs <c>init</c> if anything that it depends on has changed since it last succeeded.</summary>
    public async Task InitAsync(CancellationToken cancellation)
    {
        Encrypt();
        States.SetCutAside();
        string stamp = Fingerprint.Of([tool.Path, .. Sources().Order(StringComparer.Ordinal).Select(PlainFile.ReadText)]);
        if (File.Exists(InitStamp) && PlainFile.ReadText(InitStamp) == stamp)
        {
            return;
        }

        ToolResult result = await RunAsync(
            ["init", "-input=false", "-no-color", .. Reconfigure()],
            folder.TerraformInitLog,
            null,
            cancellation);
        Require(result, null, TerraformCodes.InitFailed, "init", folder.TerraformInitLog);
        PrivateFile.Restrict(LockFile);
        await File.WriteAllTextAsync(InitStamp, stamp, cancellation);
    }

    /// <summary>Pulls a state that is not a plain file here, and saves the list of its resources. Null: it is a plain file.</summary>
    public Task<StateText?> LookAsync(CancellationToken cancellation) => States.LookAsync(cancellation);

    /// <summary>Restores a state that an interrupted run could not store. Before anything is read from the state.</summary>
    public Task RecoverAsync(CancellationToken cancellation) => States.RecoverAsync(cancellation);

    /// <summary>Saves a plan and returns what it would change.</summary>
    /// <param name="replace">Addresses of instances to replace even if their arguments are unchanged.</param>
    /// <param name="takesNoLock">Reads the state without its lock.</param>
    /// <param name="cancellation">Stops the work before the next tool.</param>
    public Task<TerraformPlan> PlanAsync(IReadOnlyList<string> replace, bool takesNoLock, CancellationToken cancellation) =>
        PlanAsync(replace, takesNoLock, refreshes: true, cancellation);

    /// <summary>The same; without a refresh, no node is asked.</summary>
    public async Task<TerraformPlan> PlanAsync(
        IReadOnlyList<string> replace, bool takesNoLock, bool refreshes, CancellationToken cancellation)
    {
        (ToolResult result, TerraformMessages messages) = await (takesNoLock
            ? RunAsync(Arguments("-lock=false"), folder.TerraformPlanLog, cancellation)
            : LockingAsync(wait => Arguments($"-lock-timeout={wait}"), folder.TerraformPlanLog, cancellation));
        Require(result, messages, TerraformCodes.PlanFailed, "plan", folder.TerraformPlanLog);
        return messages.PlansAnything ? await ReadPlanAsync(cancellation) : TerraformPlan.Empty;

        IReadOnlyList<string> Arguments(string locking) =>
        [
            "plan", "-json", "-input=false", locking, $"-out={PlanFile}",
            .. refreshes ? Array.Empty<string>() : ["-refresh=false"],
            .. replace.Select(address => $"-replace={address}"),
        ];
    }

    /// <summary>
    /// How the grid differs from the state, or why that could not be determined. Nothing is written and no lock is taken.
    /// </summary>
    public async Task<(IReadOnlyList<(string Address, string Action)> Drift, string? Problem)> RefreshAsync(
        CancellationToken cancellation)
    {
        var messages = new TerraformMessages();
        ToolResult result = await runner.RunAsync(
            Command(["plan", "-refresh-only", "-json", "-input=false", "-lock=false"]) with
            {
                OnOutput = line => messages.Take(line),
                TimeLimit = RefreshLimit,
            }, cancellation);
        string problem = messages is { Errors.Count: > 0 } ? string.Join("; ", messages.Errors) : result.Tail();
        return (messages.Drift, result.Succeeded ? null : problem);
    }

    // No log and no file: the plan's JSON contains variables in plain text.
    private async Task<TerraformPlan> ReadPlanAsync(CancellationToken cancellation)
    {
        ToolResult result = await RunAsync(["show", "-json", PlanFile], null, null, cancellation);
        Require(result, null, TerraformCodes.PlanFailed, "show", folder.TerraformPlanLog);
        return result.Read(static plan => TerraformPlanReader.Read(plan));
    }

    /// <summary>Applies the saved plan.</summary>
    public async Task ApplyAsync(CancellationToken cancellation)
    {
        await States.KeepAsync(cancellation);
        (ToolResult result, TerraformMessages messages) = await LockingAsync(
            wait => ["apply", "-json", "-input=false", $"-lock-timeout={wait}", PlanFile],
            folder.TerraformApplyLog,
            cancellation);
        await States.KeepChangedAsync(result);
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
        return result.Read(outputs => outputs.EnumerateObject().ToDictionary(
            output => output.Name, output => WholeText.In(output.Value.GetProperty("value")).Clone(), StringComparer.Ordinal));
    }

    /// <summary>The whole state from its backend. It contains secrets.</summary>
    public Task<StateText> StateAsync(CancellationToken cancellation) => Store.PullStateAsync(cancellation);

    /// <summary>See <see cref="StandIn"/>. Returns false if the state names no dead node.</summary>
    public async Task<bool> AskInPlaceAsync(int node, Func<int, bool> isDead, bool inNetworks, CancellationToken cancellation)
    {
        if (StandIn.Of(await StateAsync(cancellation), node, isDead, inNetworks) is not { } next)
        {
            return false;
        }

        await Store.PushAsync(next, force: false, cancellation);
        return true;
    }

    /// <summary>Restores and backs up the state before a destroy. Nothing is destroyed yet.</summary>
    public async Task PrepareDestroyAsync(CancellationToken cancellation)
    {
        await States.RecoverAsync(cancellation);
        await States.KeepAsync(cancellation);
    }

    /// <summary>
    /// Destroys everything, without a refresh: that would fail for a node that is down, although its contracts can be
    /// cancelled. The provider treats contracts that no longer exist as cancelled.
    /// </summary>
    public async Task DestroyAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();

        // True until the opposite is known: nobody knows what a killed Terraform did.
        HasDestroyed = true;
        (ToolResult result, TerraformMessages messages) = await LockingAsync(
            wait => ["destroy", "-json", "-auto-approve", "-input=false", "-refresh=false", $"-lock-timeout={wait}"],
            folder.TerraformApplyLog,
            cancellation);
        HasDestroyed = result.Succeeded || messages.Applies || !result.EndedByItself;
        FailedAtResource = !result.Succeeded && messages.Applies && result.EndedByItself;
        await States.KeepChangedAsync(result);
        Require(result, messages, TerraformCodes.DestroyFailed, "destroy", folder.TerraformApplyLog);
    }

    // The Terraform files of the pattern, and ours.
    private string[] Sources() =>
        [.. Directory.GetFiles(folder.Terraform, "*.tf"), .. Directory.GetFiles(folder.Terraform, "*.tf.json")];

    // Terraform remembers its last backend. Nothing is copied from there: `state migrate` does that, and verifies the copy.
    private string[] Reconfigure()
    {
        if (BackendFile.IsIn(folder.Terraform))
        {
            return ["-reconfigure"];
        }

        // If the backend is removed, -reconfigure alone does not forget it.
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

    private async Task<(ToolResult Result, TerraformMessages Messages)> LockingAsync(
        Func<string, IReadOnlyList<string>> arguments, string log, CancellationToken cancellation)
    {
        var messages = new TerraformMessages();
        var left = new LeftLock(folder.Terraform) { IsTerraformRunning = IsTerraformRunning };
        ToolResult result = await left.RunAsync(
            LockWait,
            async wait =>
            {
                (ToolResult ending, messages) = await RunAsync(arguments(wait), log, cancellation);
                return ending;
            },
            ending => ending.Succeeded ? null : TerraformFailure.LockIn(messages),
            held => Store.TakeOverAsync(held, cancellation));
        return (result, messages);
    }

    private async Task<(ToolResult Result, TerraformMessages Messages)> RunAsync(
        IReadOnlyList<string> arguments, string log, CancellationToken cancellation)
    {
        var messages = new TerraformMessages();
        return (await RunAsync(arguments, log, messages, cancellation), messages);
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

    private ToolCommand Command(IReadOnlyList<string> arguments) => tool.Command(arguments, environment) with
    {
        WorkingDirectory = folder.Terraform,
        TimeLimit = ToolLimit,
        LongestLine = ToolCommand.WholeLines,
    };

    private void Show(string? text)
    {
        if (text is not null)
        {
            events.Emit(new ToolLine(tool.Name, text));
        }
    }

    private void Require(ToolResult result, TerraformMessages? messages, string code, string verb, string log) =>
        new TerraformFailure(folder, tool, environment.ContainsKey("TFGRID_LOCALGRID")).ThrowIf(result, messages, code, verb, log);
}
