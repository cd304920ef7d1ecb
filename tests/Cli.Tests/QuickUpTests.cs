using System.Diagnostics;

namespace TfgridCompose.Cli.Tests;

/// <summary>The program in a process of its own, in a copy whose NuGet assemblies are no assemblies: whatever loads one, fails.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class QuickUpTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly CliLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Test]
    public void Up_without_a_pin_loads_nothing_of_NuGet()
    {
        string program = CopyWithoutNuGet();

        // It ends in the validation, after the pattern: the local grid's program is not there.
        (int code, string output) = Run(program);
        Assert.That(code, Is.Not.EqualTo(1), output);
        Assert.That(output, Does.Contain("memory 512 MB from config.memory").And.Not.Contain("NuGet"));

        _lab.WriteManifest(CliLab.Manifest.Replace(
            "pattern: single-vm",
            "pattern: {name: single-vm, version: 1.0.0}",
            StringComparison.Ordinal));
        Assert.That(Run(program).Output, Does.Contain("NuGet"), "a pin needs it, so the copy is without it");
    }

    private string CopyWithoutNuGet()
    {
        string copy = Path.Combine(_lab.Root, "program");
        foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(copy, Path.GetRelativePath(AppContext.BaseDirectory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            if (Path.GetFileName(file).StartsWith("NuGet.", StringComparison.Ordinal))
            {
                File.WriteAllText(target, "not an assembly");
            }
            else
            {
                File.Copy(file, target);
            }
        }

        return Path.Combine(copy, "tfgrid-compose.dll");
    }

    private (int Code, string Output) Run(string program)
    {
        var start = new ProcessStartInfo("dotnet", [program, "up", _lab.App, "--grid", "local"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            WorkingDirectory = _lab.Work,
        };
        _lab.Environment["TFGRID_LOCALGRID"] = "/nowhere";
        foreach ((string name, string value) in _lab.Environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("it did not end");
        }

        return (process.ExitCode, output.Result + error.Result);
    }
}
