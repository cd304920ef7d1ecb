using TfgridCompose.Cli.Verbs.Patterns;
using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Plugins.Packages;

namespace TfgridCompose.Cli.Verbs.Deploying;

/// <summary>Before <c>up</c>, if somebody can answer: offers to install the package of the pattern that the manifest names.</summary>
internal static class PatternOffer
{
    /// <summary>The request, with the patterns that are installed afterwards.</summary>
    public static async Task<AppRequest> RunAsync(
        AppRequest request, VerbContext context, CancellationToken cancellation)
    {
        PatternReference asked = request.Manifest.Pattern;
        if (context.Global.NonInteractive || !context.Streams.IsInteractive || asked.Package is not { } package)
        {
            return request;
        }

        string version = asked.Version is null ? "" : $" {PlainText.Of(asked.Version)}";
        string question = $"The pattern {asked.Name} is not installed. Install the package {package}{version}? "
            + "Its code runs with your rights.";
        if (!PatternPin.IsInstallable(request.Plugins, asked) || !context.Confirm(question, "--non-interactive"))
        {
            return request;
        }

        await InstallAsync(package, asked.Version, context, cancellation);
        return request.WithNewPlugins(context.Here);
    }

    // A separate method, so that an `up` without a question does not load NuGet.
    private static async Task InstallAsync(
        string package, string? version, VerbContext context, CancellationToken cancellation)
    {
        InstalledPattern installed = await PatternsInstallVerb.Installer(context).InstallAsync(
            new InstallRequest { Package = package, Version = version }, cancellation);
        context.Streams.Error.WriteLine(
            $"installed {installed.Entry.Name} {installed.Entry.Version} from {installed.Entry.Source}");
    }
}
