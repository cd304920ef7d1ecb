using TfgridCompose.Cli.Rendering;
using TfgridCompose.Cli.Terminal;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Plugins.Packages;

namespace TfgridCompose.Cli.Verbs.Patterns;

internal static class PatternsUpdateVerb
{
    public static async Task<int> RunAsync(PatternsUpdateOptions options, VerbContext context, CancellationToken cancellation)
    {
        if (options.Name is null != options.All)
        {
            throw new DiagnosticException(
                ExitCode.Usage,
                CliCodes.BadArguments,
                "`patterns update` needs either a pattern's name or --all.",
                $"see `{Product.Name} patterns update --help`");
        }

        PatternInstaller installer = PatternsInstallVerb.Installer(context);
        List<PatternUpdate> updates = [];
        List<Diagnostic> problems = [];
        foreach (LockedPattern pattern in Wanted(options.Name, context))
        {
            // A pattern that fails does not stop the others.
            try
            {
                updates.Add(new(pattern, await installer.UpdateAsync(pattern, options.Source, options.Prerelease, cancellation)));
            }
            catch (DiagnosticException problem) when (options.All && problem.ExitCode == ExitCode.Pattern)
            {
                problems.AddRange(problem.Diagnostics);
            }
        }

        context.Streams.Out.Write(context.Global.Json ? PackageView.Json(updates) : PackageView.Text(updates));
        return problems.Count == 0 ? 0 : throw new DiagnosticException(ExitCode.Pattern, problems);
    }

    private static IReadOnlyCollection<LockedPattern> Wanted(string? name, VerbContext context)
    {
        var locked = PatternsLock.Read(context.Here.Home);
        if (name is null)
        {
            return locked.Patterns;
        }

        return locked.Find(name) is { } found ? [found] : throw new DiagnosticException(
            ExitCode.Pattern,
            PackageCodes.NotFromPackage,
            $"No pattern '{name}' was installed from a package, so it cannot be updated.",
            locked.Patterns.Count == 0
                ? $"install it from a package: `{Product.Name} patterns install ID`"
                : $"these came from packages: {string.Join(", ", locked.Patterns.Select(each => each.Name))}");
    }
}
