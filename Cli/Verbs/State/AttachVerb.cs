using TfgridCompose.Cli.Rendering;
using TfgridCompose.Cli.Verbs.Deploying;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Sharing;
using TfgridCompose.Core.Trust;

namespace TfgridCompose.Cli.Verbs.State;

/// <summary>Makes a deployment of another machine usable here.</summary>
internal static class AttachVerb
{
    public static async Task<int> RunAsync(AttachOptions options, VerbContext context, CancellationToken cancellation)
    {
        (string folder, string? name) = UpTarget.Of(new PlanOptions { App = options.App, Name = options.Name }, context);
        Manifest manifest = ManifestFile.Load(folder).Manifest;
        new AppTrust(context.Here).Require(AppCode.StateOf(manifest), CodeAgreement.Of(options, context));
        var attach = new SharedAttach(context.Here, context.Locator, context.LockTerms(options));
        DeploymentRecord record = await attach.RunAsync(manifest, name, options.TakeTunnel, cancellation);
        context.Streams.Out.Write(context.Global.Json ? DeploymentView.Json(record) : DeploymentView.Text(record));
        return 0;
    }
}
