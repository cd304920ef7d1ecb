using System.Diagnostics;
using TfgridCompose.Patterns.Tests;

namespace TfgridCompose.Patterns.Gateway.Tests;

/// <summary>Runs the unit tests of the gateway's program, which are written in Python: <c>program/test_*.py</c>.</summary>
public sealed class ProgramTests
{
    private const string Source = "Patterns.Gateway/Resources/platform/roles/tool/files/tfgrid-gateway";

    private static readonly string Folder = Repository.Path("tests/Patterns.Gateway.Tests/program");

    private static IEnumerable<string> Modules =>
        Directory.EnumerateFiles(Folder, "test_*.py").Select(path => Path.GetFileNameWithoutExtension(path)).Order();

    [TestCaseSource(nameof(Modules))]
    public async Task Python_tests_pass(string module)
    {
        // -B: write no compiled files, because the pattern embeds every file in the program's folder.
        var start = new ProcessStartInfo("python3", ["-B", "-m", "unittest", module])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PYTHONPATH"] = Repository.Path(Source);
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
