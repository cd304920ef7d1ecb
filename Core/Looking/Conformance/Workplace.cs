using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Events;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Core.Plugins.Descriptors;
using TfgridCompose.Core.Plugins.Loading;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Looking.Conformance;

/// <summary>
/// A temporary folder with a state folder, an SSH key and copies of pattern and samples, so that nothing of the user's
/// is touched.
/// </summary>
internal sealed class Workplace(IToolRunner runner, IEventSink events) : IDisposable
{
    private static readonly TimeSpan KeyLimit = TimeSpan.FromSeconds(30);

    // Short, because the paths of ssh's control sockets below it are limited. Without links, like the apps' paths in records.
    public string Root { get; } = AppFolder.Of(Directory.CreateTempSubdirectory("tfc-test-").FullName, "/");

    public TfgridHome Home => new(Path.Combine(Root, "home"));

    public string KeyPath => Path.Combine(Root, "key");

    /// <summary>The folder for checks that need no deployment.</summary>
    public DeploymentFolder Bench => new(Path.Combine(Root, "bench"));

    public string SampleFolder(string name) => Path.Combine(Root, "samples", name);

    public void Create()
    {
        Home.Create();
        Bench.Create();
    }

    /// <summary>Puts the pattern where a child process finds it by its name; a built-in one is found anyway.</summary>
    public void Install(PatternCatalogEntry entry, IPattern pattern)
    {
        if (!entry.BuiltIn)
        {
            Install(entry, pattern, Path.Combine(Home.Plugins, entry.Name));
        }
    }

    /// <summary>Puts the pattern into a folder.</summary>
    public void Install(PatternCatalogEntry entry, IPattern pattern, string target)
    {
        if (entry.Kind == PatternKind.Folder)
        {
            InstallFolder(entry, pattern, target);
        }
        else
        {
            FolderCopy.Copy(entry.Folder, target);
        }
    }

    public async Task MakeKeyAsync(CancellationToken cancellation)
    {
        ToolResult made = await runner.RunAsync(
            new ToolCommand(
                "ssh-keygen",
                [
                    "-q",
                    "-t",
                    "ed25519",
                    "-N",
                    "",
                    "-C",
                    "tfgrid-compose patterns test",
                    "-f",
                    KeyPath,
                ])
            { TimeLimit = KeyLimit }, cancellation);
        if (!made.Succeeded)
        {
            throw new DiagnosticException(
                ExitCode.Prerequisite,
                ConformanceCodes.KeyFailed,
                $"ssh-keygen {made.Ending}: {made.Tail()}",
                "sudo apt-get install openssh-client");
        }
    }

    // The files as they were read: links inside the pattern are followed, and files that it leaves out are missing.
    private static void InstallFolder(PatternCatalogEntry entry, IPattern pattern, string target)
    {
        PrivateFile.CreateFolder(target);
        File.Copy(entry.DescriptorPath, Path.Combine(target, PatternYaml.FileName), overwrite: true);
        foreach (string part in new[] { PatternYaml.InfrastructureFolder, PatternYaml.PlatformFolder })
        {
            string folder = Path.Combine(target, part);
            PrivateFile.CreateFolder(folder);
            PatternFileSet.Of(pattern, part).ExtractTo(folder, _ => false);
        }
    }

    /// <summary>
    /// Removes the folder, unless it holds a deployment's state, which is needed to take the machines down.
    /// </summary>
    public void Dispose()
    {
        if (!Directory.Exists(Home.Deployments) || Directory.GetDirectories(Home.Deployments).Length == 0)
        {
            Remove();
        }
        else
        {
            events.Emit(new Note($"kept, because it holds the state of a deployment: {Root}"));
        }
    }

    private void Remove()
    {
        try
        {
            Directory.Delete(Root, recursive: true);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            events.Emit(new Note($"{Root} cannot be removed: {refused.Message}"));
        }
    }
}
