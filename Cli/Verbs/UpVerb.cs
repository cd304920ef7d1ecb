using TfgridCompose.Cli.Dispatch;
using TfgridCompose.Cli.Rendering;
using TfgridCompose.Core.Diagnostics;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Orchestration;
using TfgridCompose.Core.Phases;
using TfgridCompose.Core.State;

namespace TfgridCompose.Cli.Verbs;

internal static class UpVerb
{
    private const int LongestWait = 3600;

    public static async Task<int> RunAsync(UpOptions options, VerbContext context, CancellationToken cancellation)
    {
        UpRequest request = RequestOf(options, context);
        await PatternOffer.RunAsync(request.AppFolder, context, cancellation);
        string? folder = null;
        var orchestrator = new UpOrchestrator(
            context.Here,
            context.Locator,
            context.LockTerms(options),
            opened =>
            {
                folder = opened.Path;
                context.AttachLog(opened);
            });
        try
        {
            UpResult result = await orchestrator.RunAsync(request, cancellation);
            Show(result, context);
            return 0;
        }
        catch (Exception) when (folder is not null)
        {
            SayWhatExists(folder, options, context);
            throw;
        }
    }

    // Values for hooks are not remembered, and may be secrets: named, not repeated.
    private static string GivenAgain(UpOptions options) => string.Concat(
        options.Env.Select(assignment => $" --env {assignment.Split('=', 2)[0]}=...").Concat(options.EnvFile.Select(path => $" --env-file {path}")));

    private static UpRequest RequestOf(UpOptions options, VerbContext context)
    {
        if (options.WaitLimit is < 1 or > LongestWait)
        {
            throw new DiagnosticException(ExitCode.Usage, CliCodes.BadArguments, $"--wait-limit is {options.WaitLimit}.", $"give 1 to {LongestWait} seconds");
        }

        (string folder, string? name) = UpTarget.Of(options, context);
        return new UpRequest
        {
            AppFolder = folder,
            Name = name,
            Grid = context.Grid,
            DefaultGrid = UserConfig.Load(context.Here.Home.Path).Grid,
            SshKey = options.SshKey is null ? null : Path.GetFullPath(options.SshKey, context.Here.CurrentFolder),
            Environment = [.. options.Env],
            EnvironmentFiles = [.. options.EnvFile.Select(path => Path.GetFullPath(path, context.Here.CurrentFolder))],
            WaitLimit = TimeSpan.FromSeconds(options.WaitLimit),
            Debug = context.Global.Debug,
        };
    }

    private static void Show(UpResult result, VerbContext context)
    {
        if (context.Global.Json)
        {
            context.Streams.Out.Write(DeploymentView.Json(result.Record));
            return;
        }

        if (result.NothingToDo)
        {
            context.Streams.Error.WriteLine("nothing to do: the deployment runs, and nothing has changed");
        }

        context.Streams.Out.Write(DeploymentView.Text(result.Record));
        if (!result.NothingToDo)
        {
            context.Streams.Error.WriteLine($"next: `{Product.Name} ssh {result.Record.Name}`, `{Product.Name} logs {result.Record.Name}`, `{Product.Name} down {result.Record.Name}`");
        }
    }

    private static void SayWhatExists(string folder, UpOptions options, VerbContext context)
    {
        if (context.Here.Store.Load(Path.GetFileName(folder)) is not { } record)
        {
            return;
        }

        string machines = record.Outputs is null
            ? "no machine is known to exist; Terraform may have begun"
            : $"{string.Join(", ", record.Hosts.Select(host => $"{host.Name} on node {host.NodeId}"))}{(record.Grid == "local" ? "" : "; it costs TFT until it is removed")}";
        context.Streams.Error.WriteLine($"deployment {record.Id} is kept: {machines}");
        context.Streams.Error.WriteLine($"  resume:  {Product.Name} up {record.AppPath}{(record.Name == record.AppName ? "" : $" --name {record.Name}")}{GivenAgain(options)}");
        context.Streams.Error.WriteLine($"  remove:  {Product.Name} down {record.Id}");
    }
}
