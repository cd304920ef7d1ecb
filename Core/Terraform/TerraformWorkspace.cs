using System.Text.Json;
using TfgridCompose.Core.Diagnostics;
using TfgridCompose.Core.Events;
using TfgridCompose.Core.Fingerprints;
using TfgridCompose.Core.Processes;
using TfgridCompose.Core.State;

namespace TfgridCompose.Core.Terraform;

/// <summary>One deployment's Terraform folder and what is done in it.</summary>
public sealed class TerraformWorkspace(
    DeploymentFolder folder, TerraformTool tool, IReadOnlyDictionary<string, string?> environment, IToolRunner runner, IEventSink events)
{
    private const string PlanFile = "tfplan";

    // The provider's own limit for a create is 45 minutes.
    private static readonly TimeSpan ToolLimit = TimeSpan.FromHours(2);

    private static readonly TimeSpan RefreshLimit = TimeSpan.FromMinutes(2);

    // A Terraform whose tfgrid-compose was killed goes on to its end and holds its state's lock until then.
    private const string LockWait = "-lock-timeout=300s";

    // Terraform gives it 0644 whatever the umask says.
    private string LockFile => Path.Combine(folder.Terraform, ".terraform.lock.hcl");

    private string InitStamp => Path.Combine(folder.Terraform, ".terraform", "tfgrid-compose-init");

    /// <summary>Runs <c>init</c> unless nothing that it depends on has changed since it last succeeded.</summary>
    public async Task InitAsync(CancellationToken cancellation)
    {
        string stamp = Fingerprint.Of([tool.Path, .. Directory.GetFiles(folder.Terraform, "*.tf").Order(StringComparer.Ordinal).Select(File.ReadAllText)]);
        if (File.Exists(InitStamp) && await File.ReadAllTextAsync(InitStamp, cancellation) == stamp)
        {
            return;
        }

        ToolResult result = await RunAsync(["init", "-input=false", "-no-color"], folder.TerraformInitLog, null, cancellation);
        Require(result, null, TerraformCodes.InitFailed, "init", folder.TerraformInitLog);
        PrivateFile.Restrict(LockFile);
        await File.WriteAllTextAsync(InitStamp, stamp, cancellation);
    }

    /// <summary>Saves a plan and returns what it would change.</summary>
    /// <param name="replace">Addresses of instances that are to be made anew whatever their arguments.</param>
    /// <param name="cancellation">Ends the work before the next tool.</param>
    public async Task<TerraformPlan> PlanAsync(IReadOnlyList<string> replace, CancellationToken cancellation)
    {
        var messages = new TerraformMessages();
        ToolResult result = await RunAsync(
            ["plan", "-json", "-input=false", LockWait, $"-out={PlanFile}", .. replace.Select(address => $"-replace={address}")],
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
        ToolResult result = await RunAsync(["apply", "-json", "-input=false", LockWait, PlanFile], folder.TerraformApplyLog, messages, cancellation);
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

    /// <summary>The whole state as Terraform keeps it, wherever that is; <c>{}</c> where there is none. It holds secrets.</summary>
    public async Task<string> StateTextAsync(CancellationToken cancellation)
    {
        ToolResult result = await RunAsync(["state", "pull"], null, null, cancellation);
        Require(result, null, TerraformCodes.OutputsUnreadable, "state pull", folder.TerraformApplyLog);
        return string.IsNullOrWhiteSpace(result.Output) ? "{}" : result.Output;
    }

    /// <summary>
    /// Destroys everything. Without a refresh: it would fail on a node that is down, whose contracts can be cancelled all the same, and the
    /// provider takes a contract that is gone already for cancelled.
    /// </summary>
    public async Task DestroyAsync(CancellationToken cancellation)
    {
        var messages = new TerraformMessages();
        ToolResult result = await RunAsync(
            ["destroy", "-json", "-auto-approve", "-input=false", "-refresh=false", LockWait],
            folder.TerraformApplyLog,
            messages,
            cancellation);
        Require(result, messages, TerraformCodes.DestroyFailed, "destroy", folder.TerraformApplyLog);
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

        string reason = messages is { Errors.Count: > 0 } ? string.Join('\n', messages.Errors) : result.Tail();
        throw new DiagnosticException(
            ExitCode.Infrastructure, code, $"{tool.Name} {verb} ended with {result.ExitCode}:\n{reason}", $"read {log}; mend the cause and run the same command again");
    }
}
