using TfgridCompose.Cli.Terminal;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests.Reading;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Cli.Verbs.Deploying;

/// <summary>The app that <c>up</c> works on, and the deployment's name if it is not the app's.</summary>
internal static class UpTarget
{
    public static (string Folder, string? Name) Of(PlanOptions options, VerbContext context)
    {
        string here = context.Here.CurrentFolder;
        if (options.App is { } given)
        {
            return !Directory.Exists(Path.GetFullPath(given, here)) && context.Locator.OfWord(given, options.Name) is { } named
                ? Of(named, options)
                : (AppFolder.Of(given, here), options.Name);
        }

        string? folder = context.Context?.App ?? (File.Exists(Path.Combine(here, ManifestFile.FileName)) ? here : null);
        return folder is not null ? (AppFolder.Of(folder, here), options.Name)
            : context.Locator.Selected() is { } selected ? Of(selected, options)
            : throw new DiagnosticException(
                ExitCode.Usage,
                CliCodes.NoApp,
                $"No app is named, and {here} has neither {ManifestFile.FileName} nor {ContextFile.FileName}.",
                $"name the app's folder: `{Product.Name} up PATH`, or select a deployment: `{Product.Name} select ID`");
    }

    private static (string Folder, string? Name) Of(DeploymentRecord record, PlanOptions options) =>
        (record.AppPath, options.Name ?? (record.Name == record.AppName ? null : record.Name));
}
