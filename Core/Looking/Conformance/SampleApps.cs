using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests.Reading;

namespace TfgridCompose.Core.Looking.Conformance;

/// <summary>Finds the samples of a pattern, or makes the smallest one.</summary>
internal static class SampleApps
{
    private const string Folder = "samples";
    private const string Generated = "generated";

    /// <summary>Copies of the given samples, else of those found, else a generated one.</summary>
    public static IReadOnlyList<Sample> Prepare(ConformanceRequest request, Workplace workplace)
    {
        IReadOnlyList<string> folders = request.Samples.Count > 0 ? request.Samples : Find(request.Pattern.Folder);
        return folders.Count > 0
            ? [.. folders.Select(folder => Copy(folder, workplace))]
            : [Generate(request.Pattern.Name, workplace)];
    }

    /// <summary>
    /// Folders with a manifest in <c>samples/</c>: the pattern's own, one beside it, or that of the project which built
    /// it.
    /// </summary>
    private static string[] Find(string pattern)
    {
        string? parent = Path.GetDirectoryName(pattern);
        string? project = Path.GetDirectoryName(Path.GetDirectoryName(parent));
        IEnumerable<string?> places =
        [
            pattern,
            parent,
            Path.GetFileName(Path.GetDirectoryName(parent)) == "bin" ? project : null,
        ];
        return places.OfType<string>()
            .Select(place => Path.Combine(place, Folder))
            .Where(Directory.Exists)
            .Select(place => Directory.GetDirectories(place).Where(HasManifest).Order(StringComparer.Ordinal).ToArray())
            .FirstOrDefault(found => found.Length > 0) ?? [];
    }

    private static bool HasManifest(string folder) => File.Exists(Path.Combine(folder, ManifestFile.FileName));

    private static Sample Copy(string folder, Workplace workplace)
    {
        if (!HasManifest(folder))
        {
            throw new DiagnosticException(
                ExitCode.Usage,
                ConformanceCodes.SampleUnusable,
                $"The sample {folder} has no {ManifestFile.FileName}.",
                "name an app's folder: `--sample PATH`");
        }

        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        string copy = workplace.SampleFolder(name);
        if (Directory.Exists(copy))
        {
            throw new DiagnosticException(
                ExitCode.Usage,
                ConformanceCodes.SampleUnusable,
                $"Two samples have the name '{name}'; the second one is {folder}.",
                "rename one of the folders");
        }

        FolderCopy.Copy(folder, copy);
        return new Sample(name, copy, folder);
    }

    private static Sample Generate(string pattern, Workplace workplace)
    {
        string folder = workplace.SampleFolder(Generated);
        Directory.CreateDirectory(folder);
        File.WriteAllText(
            Path.Combine(folder, ManifestFile.FileName),
            $"name: {Generated}\nversion: 1.0.0\npattern: {pattern}\n");
        return new Sample(Generated, folder, folder);
    }
}
