using TfgridCompose.Cli.Rendering;
using TfgridCompose.Cli.Terminal;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Trust;

namespace TfgridCompose.Cli.Verbs.Trust;

/// <summary>The apps whose code may act on this computer.</summary>
internal static class TrustVerb
{
    public static Task<int> ListAsync(NoOptions options, VerbContext context, CancellationToken cancellation)
    {
        IReadOnlyList<TrustedApp> apps = new TrustedApps(context.Here.Store).Read();
        context.Streams.Out.Write(context.Global.Json ? TrustView.Json(apps) : TrustView.List(apps));
        return Task.FromResult(0);
    }

    public static Task<int> RevokeAsync(TrustRevokeOptions options, VerbContext context, CancellationToken cancellation)
    {
        if (options.All == options.App is not null)
        {
            throw new DiagnosticException(
                ExitCode.Usage, CliCodes.BadArguments, "Give either an app or --all.", $"`{Product.Name} trust list` shows the apps");
        }

        var trusted = new TrustedApps(context.Here.Store);
        string? folder = options.App is { } app ? AppFolder.Of(app, context.Here.CurrentFolder) : null;
        IReadOnlyList<TrustedApp> gone = trusted.Remove(each => folder is null || each.Folder == folder);
        if (gone.Count == 0 && folder is not null)
        {
            throw new DiagnosticException(
                ExitCode.Usage,
                StateCodes.NothingTrusted,
                $"You have not agreed to any code of {PlainText.Of(folder)}.",
                $"`{Product.Name} trust list` shows the apps");
        }

        foreach (TrustedApp each in gone)
        {
            context.Streams.Error.WriteLine($"no longer trusted: {PlainText.Of(each.Folder)}");
        }

        return Task.FromResult(0);
    }
}
