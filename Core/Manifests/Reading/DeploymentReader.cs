using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests.Tree;

namespace TfgridCompose.Core.Manifests.Reading;

/// <summary>Reads <c>hooks</c>, <c>deploy</c> and <c>env_file</c>, and finds the files that install the app.</summary>
internal static class DeploymentReader
{
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
            map is null ? Usual(appFolder) : Named(map, appFolder, reader);
        string folder = paths.Count == 0
            ? AppDeployment.DefaultFolder
            : CommonFolder([.. paths.Values.Select(value => value.Path)]);
        var playbook = AppPath.Of(appFolder, folder + "/playbook.yml");
        return new AppDeployment
        {
            Folder = folder,
            FolderExists = AppPath.Of(appFolder, folder).Status == AppPathStatus.Folder,
            Setup = Hook("setup"),
            Configure = Hook("configure"),
            Healthcheck = Hook("healthcheck"),
            Playbook = playbook.Status == AppPathStatus.File ? playbook.Relative : null,
            Strategy = Strategy(root, reader),
        };

        AppHook? Hook(string name) => paths.TryGetValue(name, out (string Path, SourceLocation? At) hook)
            ? new AppHook(name, hook.Path, Path.GetRelativePath(folder, hook.Path).Replace('\\', '/'), hook.At)
            : null;
    }

    public static string? EnvFile(LocatedMap root, string appFolder, TreeReader reader) =>
        reader.Scalar(root, "env_file") is LocatedScalar path
            ? ExistingFile("The env file", path, appFolder, reader)?.Full
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

    private static Dictionary<string, (string Path, SourceLocation? At)> Usual(string appFolder)
    {
        var found = new Dictionary<string, (string, SourceLocation?)>(StringComparer.Ordinal);
        foreach (string hook in Hooks)
        {
            var path = AppPath.Of(appFolder, $"{AppDeployment.DefaultFolder}/{hook}.sh");
            if (path.Status == AppPathStatus.File)
            {
                found[hook] = (path.Relative, null);
            }
        }

        return found;
    }

    private static Dictionary<string, (string Path, SourceLocation? At)> Named(
        LocatedMap map, string appFolder, TreeReader reader)
    {
        var named = new Dictionary<string, (string, SourceLocation?)>(StringComparer.Ordinal);
        foreach (string hook in Hooks)
        {
            if (reader.Scalar(map, hook) is LocatedScalar text
                && ExistingFile($"The {hook} hook", text, appFolder, reader) is AppPath path)
            {
                named[hook] = (path.Relative, text.Location);
            }
        }

        return named;
    }

    private static AppPath? ExistingFile(string subject, LocatedScalar text, string appFolder, TreeReader reader)
    {
        if (text.Text.Contains('\0'))
        {
            reader.Error(
                ManifestCodes.PathMissing,
                $"{subject} {text.Kind} is not a path.",
                "Write a path inside the app's folder.",
                text.Location);
            return null;
        }

        var path = AppPath.Of(appFolder, text.Text);
        (string Code, string Problem, string Remedy)? wrong = path.Status switch
        {
            AppPathStatus.Missing =>
                (ManifestCodes.PathMissing, "does not exist", $"Create {path.Full}, or correct the path."),
            AppPathStatus.Outside => (
                ManifestCodes.PathOutsideApp,
                "is outside the app's folder",
                $"Write a path inside {appFolder}, relative to it."),
            AppPathStatus.Folder => (ManifestCodes.PathNotAFile, "is a folder", "Name a file in it."),
            _ => null,
        };
        if (wrong is not null)
        {
            reader.Error(
                wrong.Value.Code,
                $"{subject} {text.Kind} {wrong.Value.Problem}.",
                wrong.Value.Remedy,
                text.Location);
        }

        return wrong is null ? path : null;
    }

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
}
