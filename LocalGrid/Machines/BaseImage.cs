using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Machines;

/// <summary>The root file system of all machines of a profile. It is built once and then only read.</summary>
internal sealed class BaseImage(WorldPaths paths, Computer computer)
{
    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(20);

    /// <summary>Where the image of the current recipe is, or will be.</summary>
    public string Current(string profile) => Path.Combine(paths.Images, ImageRecipe.Of(computer, profile).Hash);

    public (string Path, bool Built) Ensure(string profile, Action<string> progress)
    {
        var recipe = ImageRecipe.Of(computer, profile);
        string image = Path.Combine(paths.Images, recipe.Hash);
        if (Directory.Exists(image))
        {
            // It has setuid programs, which may be older than this computer's. An older build let everybody enter the folder.
            RootFolder.Create(paths.Images);
            return (image, false);
        }

        RootFolder.Create(paths.Images);
        using var held = FileLock.Take(
            paths.ImageLock, BuildLimit, computer.Clock, () => progress("another process is building the base image; waiting for it"));
        if (Directory.Exists(image))
        {
            return (image, false);
        }

        Build(recipe, image, progress);
        return (image, true);
    }

    /// <summary>The rename is the last step, so whatever has the final name is complete.</summary>
    private void Build(ImageRecipe recipe, string image, Action<string> progress)
    {
        RemoveUnfinished();
        string temporary = $"{image}.tmp";
        string kind = recipe.IsHarsh ? $"{recipe.Suite}, {MachineProfile.Harsh}" : recipe.Suite;
        progress($"building the base image ({kind}); this happens once and takes about half a minute");
        try
        {
            ToolResult result = computer.Tools.Try(recipe.Arguments(temporary), onErrorLine: line => Report(line, progress));
            if (result.ExitCode != 0)
            {
                throw new GridException(
                    "The base image could not be built", $"mmdebstrap ended with exit code {result.ExitCode}\n{result.LastErrors}");
            }

            Directory.Move(temporary, image);
        }
        finally
        {
            Trees.Delete(computer, temporary);
        }
    }

    // Called only while the image lock is held.
    private void RemoveUnfinished()
    {
        foreach (string directory in Directory.GetDirectories(paths.Images, "*.tmp"))
        {
            Trees.Delete(computer, directory);
        }
    }

    private static void Report(string line, Action<string> progress)
    {
        if (line.StartsWith("I: ", StringComparison.Ordinal))
        {
            progress(line[3..].TrimEnd('.'));
        }
    }
}
