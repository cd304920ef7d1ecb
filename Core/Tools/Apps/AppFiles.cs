using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Fingerprints;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Manifests.Reading;

namespace TfgridCompose.Core.Tools.Apps;

/// <summary>
/// Which files of an app are copied where. The target folders are those that existing apps' hooks expect.
/// </summary>
/// <param name="Files">In the order of their paths on the host.</param>
/// <param name="Problems">What cannot be copied (errors), and what is left out (warnings).</param>
public sealed record AppFiles(IReadOnlyList<AppFile> Files, IReadOnlyList<Diagnostic> Problems)
{
    public const string DeploymentFolder = "/tmp/app-deployment";
    public const string SourceFolder = "/tmp/app-source";

    private const string Source = "src";
    private static readonly string[] BesideSource =
    [
        "docker-compose.yaml",
        "docker-compose.yml",
        "scripts",
        "config",
        "templates",
    ];

    /// <summary>Changes when a file's path, content or mode changes.</summary>
    public string Inputs { get; } = Fingerprint.Of(
        Files.Where(IsFingerprinted).SelectMany(file => new[] { file.HostPath, file.Stamp }));

    /// <summary>The files that <see cref="Inputs"/> covers.</summary>
    public IEnumerable<AppFile> Fingerprinted => Files.Where(IsFingerprinted);

    /// <summary>Reads every file once.</summary>
    public static AppFiles Of(Manifest manifest)
    {
        string app = manifest.AppFolder;
        string deployment = manifest.Deployment.Folder;
        if (OutsideOf(app, Source, deployment) is { Length: > 0 } outside)
        {
            return new AppFiles([], outside);
        }

        var reader = new AppFileReader(OwnPattern(manifest), Hooks(manifest));
        if (manifest.Deployment.FolderExists)
        {
            reader.AddContent(Path.GetFullPath(Path.Combine(app, deployment)), DeploymentFolder);
        }

        if (Directory.Exists(Path.Combine(app, Source)))
        {
            reader.AddContent(Path.Combine(app, Source), SourceFolder);
            foreach (string name in BesideSource)
            {
                reader.AddIfThere(Path.Combine(app, name), $"{SourceFolder}/{name}");
            }
        }
        else
        {
            reader.AddContent(app, SourceFolder, except: deployment.Split('/')[0]);
        }

        HashSet<string> files = [.. reader.Files.Where(file => file.Kind == AppFileKind.File).Select(file => file.HostPath)];
        IEnumerable<Diagnostic> lost = reader.Problems.Any(problem => problem.Severity == Severity.Error)
            ? []
            : manifest.Deployment.Hooks.Where(hook => !files.Contains(HostPath(hook))).Select(BelowLink);
        return new AppFiles(
            [.. reader.Files.OrderBy(file => file.HostPath, StringComparer.Ordinal)],
            [.. reader.Problems.Concat(lost).Concat(HookProblems(manifest)).OrderBy(problem => problem.Message, StringComparer.Ordinal)]);
    }

    /// <summary>Every file in the app's folder but those that never leave it; for a playbook that reads beyond its own.</summary>
    internal static IReadOnlyList<AppFile> Everything(Manifest manifest)
    {
        var reader = new AppFileReader(OwnPattern(manifest), new HashSet<string>());
        reader.AddContent(manifest.AppFolder, SourceFolder);
        return reader.Files;
    }

    /// <summary>A hook's path on the hosts, without the leading slash.</summary>
    public static string HostPath(AppHook hook) => $"{DeploymentFolder[1..]}/{hook.PathInFolder}";

    // Leaves out the manifest, which is copied if there is no `src`: hooks get its values as variables, and another number of
    // machines does not change the app.
    private static bool IsFingerprinted(AppFile file) =>
        file.HostPath != $"{SourceFolder[1..]}/{ManifestFile.FileName}";

    private static IEnumerable<Diagnostic> HookProblems(Manifest manifest) => manifest.Deployment.Hooks
        .Select(hook => HookFirstLine.ProblemOf(hook, manifest.AppFolder))
        .OfType<Diagnostic>();

    // The files behind such a link would be copied to the machines, where hooks can read them: somebody's keys, for example.
    private static Diagnostic[] OutsideOf(string app, params string[] folders) =>
    [
        .. folders.Select(folder => AppPath.Of(app, folder))
            .Where(path => path.Status == AppPathStatus.Outside && path.IsThere)
            .Select(path => Diagnostic.Error(
                AppCodes.FolderOutside,
                $"{path.Full} is a link to {AppPath.Resolve(path.Full)}, outside the app's folder.",
                "copy what is needed into the app's folder: only that folder is copied to the machines")),
    ];

    private static Diagnostic BelowLink(AppHook hook) => Diagnostic.Error(
        AppCodes.HookBelowLink,
        $"The {hook.Name} hook '{hook.Path}' would not be copied to the machines: a folder in its path is a link.",
        "name the hook's real path in the manifest's `hooks`",
        hook.Location);

    private static HashSet<string> Hooks(Manifest manifest) =>
        [.. manifest.Deployment.Hooks.Select(hook => Path.Combine(manifest.AppFolder, hook.Path))];

    // The app's own pattern is used by Terraform and Ansible on this machine only.
    private static string? OwnPattern(Manifest manifest) =>
        manifest.Pattern.Folder is { } pattern && pattern.StartsWith(manifest.AppFolder + "/", StringComparison.Ordinal)
            ? pattern.TrimEnd('/')
            : null;
}
