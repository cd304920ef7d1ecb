using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests.Tree;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Manifests.Reading;

/// <summary>Loads an app's manifest.</summary>
public static class ManifestFile
{
    public const string FileName = "tfgrid-compose.yaml";

    /// <summary>Throws <see cref="DiagnosticException"/> with all problems, warnings included.</summary>
    public static LoadedManifest Load(string appFolder)
    {
        string file = Find(appFolder);
        return Read(LocatedYaml.ParseFile(file), file, Path.GetFullPath(appFolder));
    }

    /// <summary>The same for text that replaces the file, for example an editor's unsaved buffer.</summary>
    public static LoadedManifest Parse(string text, string file, string appFolder) =>
        Read(LocatedYaml.Parse(text, file), file, Path.GetFullPath(appFolder));

    private static string Find(string appFolder)
    {
        if (appFolder.Length == 0 || appFolder.Contains('\0') || !Path.Exists(appFolder))
        {
            throw new DiagnosticException(
                ExitCode.Usage,
                ManifestCodes.AppMissing,
                $"The app folder '{Excerpt.Of(appFolder, longest: 300)}' does not exist.",
                "Name the folder that holds the app's tfgrid-compose.yaml.");
        }

        if (!Directory.Exists(appFolder))
        {
            throw new DiagnosticException(
                ExitCode.Usage, ManifestCodes.AppNotAFolder, $"'{appFolder}' is a file, not an app's folder.",
                $"Name its folder: {Path.GetDirectoryName(Path.GetFullPath(appFolder))}");
        }

        string file = Path.Combine(appFolder, FileName);
        return BoundedFile.IsThere(file) ? file : throw Missing(appFolder);
    }

    private static DiagnosticException Missing(string appFolder)
    {
        string other = Path.Combine(appFolder, "tfgrid-compose.yml");
        string remedy = File.Exists(other)
            ? $"Rename it: mv {other} {Path.Combine(appFolder, FileName)}"
            : "Name another folder, or write one: docs/manifest.md shows the keys.";
        return new(ExitCode.Usage, ManifestCodes.FileMissing, $"There is no {FileName} in '{appFolder}'.", remedy);
    }

    private static LoadedManifest Read(LocatedMap root, string file, string appFolder)
    {
        var reader = new TreeReader();
        ManifestSchema.Require(root);
        string? name = IdentityReader.Name(root, reader);
        PatternReference? pattern = PatternReader.Read(root, appFolder, reader);
        IReadOnlyList<PortSpec> ports = PortReader.Read(root, reader);
        var manifest = new Manifest
        {
            Name = name ?? "",
            Version = reader.Text(root, "version") ?? "",
            Description = reader.Text(root, "description") ?? "",
            Pattern = pattern ?? new PatternReference { Name = "", Location = root.Location },
            AppFolder = appFolder,
            File = file,
            Deployment = DeploymentReader.Read(root, appFolder, reader),
            Environment = EnvironmentReader.Read(root, reader),
            EnvFile = DeploymentReader.EnvFile(root, appFolder, reader),
            Network = NetworkReader.Read(root, reader),
            Ports = ports,
            Checks = CheckReader.Checks(root, reader),
            Logs = CheckReader.Logs(root, reader),
            Grid = IdentityReader.Grid(root, reader),
            SshKeys = IdentityReader.SshKeys(root, reader),
            State = StateReader.Read(root, reader),
            Commands = CommandReader.Read(root, reader),
            Tree = root,
        };

        return new LoadedManifest(manifest, Settled.Warnings(reader));
    }
}
