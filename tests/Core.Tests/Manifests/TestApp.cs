using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests.Reading;

namespace TfgridCompose.Core.Tests.Manifests;

/// <summary>An app's folder that lives as long as a test.</summary>
internal sealed class TestApp : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("tfc-app-").FullName;

    public string File(string path, string text = "#!/bin/sh\n")
    {
        string full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        System.IO.File.WriteAllText(full, text);
        return full;
    }

    public LoadedManifest Load(string manifest)
    {
        File(ManifestFile.FileName, manifest);
        return ManifestFile.Load(Folder);
    }

    /// <summary>The problems as <c>CODE line:column</c>.</summary>
    public IReadOnlyList<string> Problems(string manifest)
    {
        try
        {
            return Marks(Load(manifest).Warnings);
        }
        catch (DiagnosticException problem)
        {
            Assert.That(problem.ExitCode, Is.EqualTo(ExitCode.Usage));
            return Marks(problem.Diagnostics);
        }
    }

    public static IReadOnlyList<string> Marks(IEnumerable<Diagnostic> problems) =>
        [.. problems.Select(each => $"{each.Code} {each.Location?.Line}:{each.Location?.Column}")];

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
