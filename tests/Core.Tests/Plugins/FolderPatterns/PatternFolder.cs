using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Plugins.Loading;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tests.Plugins.FolderPatterns;

/// <summary>A pattern's folder that lives as long as a test, valid until the test changes it.</summary>
internal sealed class PatternFolder : IDisposable
{
    public const string Minimal = """
        name: small
        version: 1.0.0
        description: One small machine.
        roles:
          server: {cpu: 1, memory: 512M, disk: 2G}

        """;

    public const string Outputs = """
        output "primary_ip" { value = "" }
        output "primary_ip_type" { value = "" }
        output "deployment_name" { value = "" }
        output "node_ids" { value = [] }

        """;

    public PatternFolder(string yaml = Minimal, string variables = "variable \"node_id\" { type = number }\n")
    {
        Write("pattern.yaml", yaml);
        Write("infrastructure/main.tf", variables);
        Write("infrastructure/outputs.tf", Outputs);
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("tfc-folder-").FullName;

    public string Yaml => Path.Combine(Root, "pattern.yaml");

    public string Write(string path, string text)
    {
        string full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return full;
    }

    public PatternCatalogEntry Entry => PluginCatalog.Open(Root);

    public IPattern Load() => PatternHost.Load(Entry);

    /// <summary>All problems as <c>CODE line:column</c>.</summary>
    public IReadOnlyList<string> Problems() =>
        [.. Failure().Select(problem => $"{problem.Code} {problem.Location?.Line}:{problem.Location?.Column}")];

    public IReadOnlyList<Diagnostic> Failure()
    {
        DiagnosticException failure = Assert.Throws<DiagnosticException>(() => Load())!;
        Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.Pattern));
        Assert.That(failure.Diagnostics.Where(problem => problem.Remedy.Length == 0), Is.Empty);
        return failure.Diagnostics;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
