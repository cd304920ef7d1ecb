using System.Diagnostics;

namespace TfgridCompose.Patterns.Tests;

/// <summary>Runs the Python tests of a pattern's programs and Ansible modules: each file test_*.py is one test.</summary>
/// <param name="folder">The tests' folder in the repository.</param>
/// <param name="sources">The folders of what they import, in the repository.</param>
public abstract class PythonTests(string folder, params string[] sources)
{
    protected static IEnumerable<string> ModulesIn(string folder) =>
        Directory.EnumerateFiles(Repository.Path(folder), "test_*.py").Select(path => Path.GetFileNameWithoutExtension(path)).Order();

    protected async Task MustPassAsync(string module)
    {
        // -B: write no compiled files, because the pattern embeds every file in the program's folder.
        var start = new ProcessStartInfo("python3", ["-B", "-m", "unittest", module])
        {
            WorkingDirectory = Repository.Path(folder),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PYTHONPATH"] = string.Join(':', sources.Select(Repository.Path));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
        Task<string> errors = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);

        string said = await output + await errors;
        Assert.That(process.ExitCode, Is.Zero, said);
        Assert.That(said, Does.Match(@"Ran [1-9]\d* tests? in"));
    }
}
