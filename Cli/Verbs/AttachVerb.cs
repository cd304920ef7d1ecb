using CommandLine;
using TfgridCompose.Cli.Dispatch;
using TfgridCompose.Cli.Rendering;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Sharing;

namespace TfgridCompose.Cli.Verbs;

public sealed class AttachOptions : VerbOptions, ILockingOptions
{
    [Value(0, MetaName = "APP", HelpText = "the app's folder; without it, .tfgrid-compose.yaml's app or the current folder")]
    public string? App { get; set; }

    [Option("name", MetaValue = "NAME", HelpText = "the deployment's name; without it, the app's")]
    public string? Name { get; set; }

    [Option(LockTimeouts.Option, MetaValue = LockTimeouts.Meta, HelpText = LockTimeouts.Help)]
    public int LockTimeout { get; set; }

    [Option("take-tunnel", HelpText = "bring up its WireGuard tunnel here; the machine that holds it loses it")]
    public bool TakeTunnel { get; set; }
}

/// <summary>Makes a deployment that another machine made usable here.</summary>
internal static class AttachVerb
{
    public static async Task<int> RunAsync(AttachOptions options, VerbContext context, CancellationToken cancellation)
    {
        (string folder, string? name) = UpTarget.Of(new PlanOptions { App = options.App, Name = options.Name }, context);
        DeploymentRecord record = await new SharedAttach(context.Here, context.Locator, context.LockTerms(options))
            .RunAsync(folder, name, options.TakeTunnel, cancellation);
        context.Streams.Out.Write(context.Global.Json ? DeploymentView.Json(record) : DeploymentView.Text(record));
        return 0;
    }
}
