using System.Text.Json;
using TfgridCompose.Cli.Rendering;
using TfgridCompose.Cli.Terminal;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Store;

namespace TfgridCompose.Cli.Verbs.Deployments;

/// <summary>Selects the deployment of verbs without a target: in its app's folder, and where no folder decides.</summary>
internal static class SelectVerb
{
    public static Task<int> RunAsync(TargetOptions options, VerbContext context, CancellationToken cancellation)
    {
        if ((options.Target ?? options.Name) is null)
        {
            throw new DiagnosticException(
                ExitCode.Usage,
                CliCodes.BadArguments,
                "`select` needs a deployment.",
                $"give its id, its name or its app's folder; `{Product.Name} ps` lists all deployments");
        }

        DeploymentRecord record = context.Locator.Find(options.Target, options.Name);
        new Selection(context.Here.Home).Choose(record.Id);
        if (Directory.Exists(record.AppPath) && new AppLink(context.Here.Home, record.AppPath).Point(record.Id) is { } refused)
        {
            context.Streams.Error.WriteLine(DiagnosticText.Of(refused));
        }

        context.Streams.Out.WriteLine(context.Global.Json
            ? JsonSerializer.Serialize(new { selected = record.Id, name = record.Name, app_path = record.AppPath })
            : $"selected {record.Name} ({record.Id}) of {record.AppPath}");
        return Task.FromResult(0);
    }

    public static Task<int> ClearAsync(NoOptions options, VerbContext context, CancellationToken cancellation)
    {
        var selection = new Selection(context.Here.Home);
        string? id = selection.Read();
        selection.Clear();
        context.Streams.Out.WriteLine(context.Global.Json
            ? JsonSerializer.Serialize(new { unselected = id })
            : id is null ? "no deployment was selected" : $"{id} is no longer selected");
        return Task.FromResult(0);
    }
}
