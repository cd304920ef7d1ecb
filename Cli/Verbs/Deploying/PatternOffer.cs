using TfgridCompose.Cli.Verbs.Patterns;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Plugins.Packages;

namespace TfgridCompose.Cli.Verbs.Deploying;

/// <summary>Before <c>up</c>: where a person is there to ask, offers to install the pattern that the manifest names with its package.</summary>
internal static class PatternOffer
{
    public static async Task RunAsync(string appFolder, VerbContext context, CancellationToken cancellation)
    {
        if (context.Global.NonInteractive || !context.Streams.IsInteractive || AskedBy(appFolder) is not { Package: { } package } asked)
        {
            return;
        }

        string version = asked.Version is null ? "" : $" {PlainText.Of(asked.Version)}";
        if (PatternPin.IsInstallable(PluginCatalog.Scan(context.Here.PluginRoots), asked)
            && context.Confirm($"The pattern {asked.Name} is not installed. Install the package {package}{version}, whose code runs with your rights?", "--non-interactive"))
        {
            await InstallAsync(package, asked.Version, context, cancellation);
        }
    }

    // Apart, so that an `up` without a question loads nothing of NuGet.
    private static async Task InstallAsync(string package, string? version, VerbContext context, CancellationToken cancellation)
    {
        InstalledPattern installed = await PatternsInstallVerb.Installer(context).InstallAsync(new InstallRequest { Package = package, Version = version }, cancellation);
        context.Streams.Error.WriteLine($"installed {installed.Entry.Name} {installed.Entry.Version} from {installed.Entry.Source}");
    }

    // What is wrong with a manifest is for `up` itself to say.
    private static PatternReference? AskedBy(string appFolder)
    {
        try
        {
            return ManifestFile.Load(appFolder).Manifest.Pattern;
        }
        catch (DiagnosticException)
        {
            return null;
        }
    }
}
