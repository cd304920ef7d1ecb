using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests.Tree;

namespace TfgridCompose.Core.Manifests.Reading;

/// <summary>Reads <c>hooks</c>, <c>deploy</c> and <c>env_file</c>, and finds the files that install the app.</summary>
internal static class DeploymentReader
{
    private const string Playbook = "playbook.yml";
    private static readonly string[] Hooks = ["setup", "configure", "healthcheck"];

    private static readonly Dictionary<string, DeployStrategy> Strategies = new(StringComparer.Ordinal)
    {
        ["parallel"] = DeployStrategy.Parallel,
        ["rolling"] = DeployStrategy.Rolling,
    };

    public static AppDeployment Read(LocatedMap root, string appFolder, TreeReader reader)
    {
        LocatedMap? map = reader.Map(root, "hooks");
        Dictionary<string, (string Path, SourceLocation? At)> paths =
            map is null ? Usual(appFolder, reader) : Named(map, appFolder, reader);
        string folder = paths.Count == 0
            ? AppDeployment.DefaultFolder
            : CommonFolder([.. paths.Values.Select(value => value.Path)]);
        AppPath? playbook = IfThere("The playbook", $"{folder}/{Playbook}", appFolder, reader);
        return new AppDeployment
        {
            Folder = folder,
            FolderExists = AppPath.Of(appFolder, folder).Status == AppPathStatus.Folder,
            Setup = Hook("setup"),
            Configure = Hook("configure"),
            Healthcheck = Hook("healthcheck"),
            Playbook = playbook?.Relative,
            Strategy = Strategy(root, reader),
        };

        AppHook? Hook(string name) => paths.TryGetValue(name, out (string Path, SourceLocation? At) hook)
            ? new AppHook(name, hook.Path, Path.GetRelativePath(folder, hook.Path).Replace('\\', '/'), hook.At)
            : null;
    }

    public static string? EnvFile(LocatedMap root, string appFolder, TreeReader reader) =>
        reader.Scalar(root, "env_file") is LocatedScalar path
            ? ExistingFile("The env file", Said.In(path), appFolder, reader)?.Full
            : null;

    private static DeployStrategy Strategy(LocatedMap root, TreeReader reader)
    {
        if (reader.Scalar(reader.Map(root, "deploy"), "strategy") is not LocatedScalar word)
        {
            return DeployStrategy.Parallel;
        }

        if (!Strategies.TryGetValue(word.Text, out DeployStrategy strategy))
        {
            reader.Error(
                ManifestCodes.StrategyUnknown, $"'deploy.strategy' cannot be {word.Kind}.",
                $"{Meant.Of(word.Text, Strategies.Keys)}Use one of {string.Join(", ", Strategies.Keys)}.",
                word.Location);
        }

        return strategy;
    }

    private static Dictionary<string, (string Path, SourceLocation? At)> Usual(string appFolder, TreeReader reader)
    {
        var found = new Dictionary<string, (string, SourceLocation?)>(StringComparer.Ordinal);
        foreach (string hook in Hooks)
        {
            if (IfThere($"The {hook} hook", $"{AppDeployment.DefaultFolder}/{hook}.sh", appFolder, reader) is { } path)
            {
                found[hook] = (path.Relative, null);
            }
        }

        return found;
    }

    // A file at a usual place must be as usable as one that the manifest names. Otherwise it would be skipped silently.
    private static AppPath? IfThere(string subject, string usual, string appFolder, TreeReader reader)
    {
        var path = AppPath.Of(appFolder, usual);
        if (path.IsThere)
        {
            return ExistingFile(subject, new Said(usual, $"'{usual}'", null), appFolder, reader);
        }

        if (OtherCase(path.Full) is { } other)
        {
            reader.Error(
                ManifestCodes.PathMissing,
                $"{subject} is named '{usual}'; '{other}' would not run.",
                subject == "The playbook" ? "Rename it." : "Rename it, or name it in `hooks`.",
                location: null);
        }

        return null;
    }

    private static string? OtherCase(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        return !Directory.Exists(folder) ? null : Directory.EnumerateFileSystemEntries(folder)
            .Select(entry => Path.GetFileName(entry))
            .FirstOrDefault(name => name.Equals(Path.GetFileName(path), StringComparison.OrdinalIgnoreCase));
    }

    private static Dictionary<string, (string Path, SourceLocation? At)> Named(
        LocatedMap map, string appFolder, TreeReader reader)
    {
        var named = new Dictionary<string, (string, SourceLocation?)>(StringComparer.Ordinal);
        foreach (string hook in Hooks)
        {
            if (reader.Scalar(map, hook) is LocatedScalar text
                && ExistingFile($"The {hook} hook", Said.In(text), appFolder, reader) is AppPath path)
            {
                named[hook] = (path.Relative, text.Location);
            }
        }

        return named;
    }

    private static AppPath? ExistingFile(string subject, Said said, string appFolder, TreeReader reader)
    {
        if (said.Text.Contains('\0'))
        {
            reader.Error(
                ManifestCodes.PathMissing,
                $"{subject} {said.Words} is not a path.",
                "Write a path inside the app's folder.",
                said.At);
            return null;
        }

        var path = AppPath.Of(appFolder, said.Text);
        (string Code, string Problem, string Remedy)? wrong = path.Status switch
        {
            AppPathStatus.Missing =>
                (ManifestCodes.PathMissing, MissingBecause(path), $"Create {path.Full}, or correct the path."),
            AppPathStatus.Outside => (
                ManifestCodes.PathOutsideApp,
                "is outside the app's folder",
                $"Write a path inside {appFolder}, relative to it."),
            AppPathStatus.Folder =>
                (ManifestCodes.PathNotAFile, "is a folder", said.At is null ? "Rename it." : "Name a file in it."),
            AppPathStatus.Special => (
                ManifestCodes.PathNotAFile,
                "is a named pipe, a socket or a device",
                "Put a file in its place."),
            _ => null,
        };
        if (wrong is not null)
        {
            reader.Error(
                wrong.Value.Code,
                $"{subject} {said.Words} {wrong.Value.Problem}.",
                wrong.Value.Remedy,
                said.At);
        }

        return wrong is null ? path : null;
    }

    private static string MissingBecause(AppPath path) => new FileInfo(path.Full).LinkTarget is { } target
        ? $"is a link to '{target}', which does not exist"
        : "does not exist";

    private static string CommonFolder(IReadOnlyList<string> files)
    {
        string[] common = Folders(files[0]);
        foreach (string file in files.Skip(1))
        {
            common = [.. common.Zip(Folders(file))
                .TakeWhile(pair => pair.First == pair.Second)
                .Select(pair => pair.First)];
        }

        return common.Length == 0 ? "." : string.Join('/', common);
    }

    private static string[] Folders(string file) => file.Split('/')[..^1];

    /// <summary>A path and how messages refer to it.</summary>
    private sealed record Said(string Text, string Words, SourceLocation? At)
    {
        public static Said In(LocatedScalar value) => new(value.Text, value.Kind, value.Location);
    }
}
