using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Machines;

/// <summary>The root file system under every machine; built once, then only read.</summary>
internal sealed class BaseImage(WorldPaths paths)
{
    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(20);

    public static string CurrentName => ImageRecipe.OfThisMachine().Hash;

    public string Current => Path.Combine(paths.Images, CurrentName);

    public (string Path, bool Built) Ensure(Action<string> progress)
    {
        var recipe = ImageRecipe.OfThisMachine();
        var image = Path.Combine(paths.Images, recipe.Hash);
        if (Directory.Exists(image))
        {
            return (image, false);
        }

        Directory.CreateDirectory(paths.Images);
        using var held = FileLock.Take(
            paths.ImageLock,
            BuildLimit,
            () => progress("another process is building the base image; waiting for it"));
        if (Directory.Exists(image))
        {
            return (image, false);
        }

        Build(recipe, image, progress);
        return (image, true);
    }

    /// <summary>The rename is the last step: what has the final name is whole.</summary>
    private void Build(ImageRecipe recipe, string image, Action<string> progress)
    {
        RemoveUnfinished();
        var temporary = $"{image}.tmp";
        progress($"building the base image ({recipe.Suite}); once, about half a minute");
        try
        {
            var result = Tool.Try(recipe.Arguments(temporary), onErrorLine: line => Report(line, progress));
            if (result.ExitCode != 0)
            {
                throw new GridException(
                    "The base image could not be built",
                    $"mmdebstrap ended with exit code {result.ExitCode}\n{result.LastErrors}");
            }

            Directory.Move(temporary, image);
        }
        finally
        {
            Trees.Delete(temporary);
        }
    }

    /// <summary>Call with the image lock held.</summary>
    public IReadOnlyList<string> RemoveUnfinished()
    {
        var left = Directory.Exists(paths.Images) ? Directory.GetDirectories(paths.Images, "*.tmp") : [];
        foreach (var directory in left)
        {
            Trees.Delete(directory);
        }

        return left;
    }

    private static void Report(string line, Action<string> progress)
    {
        if (line.StartsWith("I: ", StringComparison.Ordinal))
        {
            progress(line[3..].TrimEnd('.'));
        }
    }
}
