using TfgridCompose.Cli.Rendering;
using TfgridCompose.Cli.Terminal;
using TfgridCompose.Core.Plugins.Packages;

namespace TfgridCompose.Cli.Verbs.Patterns;

internal static class PatternsInstallVerb
{
    public static async Task<int> RunAsync(PatternsInstallOptions options, VerbContext context, CancellationToken cancellation)
    {
        var request = new InstallRequest
        {
            Package = options.Package,
            Version = options.Version,
            Prerelease = options.Prerelease,
            Source = options.Source,
        };
        InstalledPattern installed = await Installer(context).InstallAsync(request, cancellation);
        context.Streams.Out.Write(context.Global.Json ? PackageView.Json(installed) : PackageView.Text(installed));
        context.Streams.Error.WriteLine($"next: `{Product.Name} patterns show {installed.Entry.Name}`");
        return 0;
    }

    public static PatternInstaller Installer(VerbContext context) => new(context.Here, context.Config, context.Holder);
}
