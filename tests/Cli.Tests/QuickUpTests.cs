using System.Diagnostics;
using System.Net;

namespace TfgridCompose.Cli.Tests;

/// <summary>
/// The program in a process of its own, in a copy of which one library's assemblies are no assemblies: whatever loads
/// one, fails.
/// </summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class QuickUpTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly CliLab _lab = new();

    public void Dispose() => _lab.Dispose();

    [Test]
    public void Up_without_a_pin_loads_nothing_of_NuGet()
    {
        string program = CopyWithout("NuGet.");
        _lab.Environment["TFGRID_LOCALGRID"] = "/nowhere";

        // It ends in the validation, after the pattern: the local grid's program is not there.
        (int code, string output) = Run(program, "up", _lab.App, "--grid", "local");
        Assert.That(code, Is.Not.EqualTo(1), output);
        Assert.That(output, Does.Contain("memory 512 MB from config.memory").And.Not.Contain("NuGet"));

        _lab.WriteManifest(CliLab.Manifest.Replace(
            "pattern: single-vm",
            "pattern: {name: single-vm, version: 1.0.0}",
            StringComparison.Ordinal));
        Assert.That(
            Run(program, "up", _lab.App, "--grid", "local").Output,
            Does.Contain("NuGet"),
            "a pin needs it, so the copy is without it");
    }

    [Test]
    public async Task Up_loads_nothing_of_the_library_for_tables()
    {
        _lab.StartMachine();
        Assert.That((await _lab.RunAsync("up", _lab.App, "--grid", "local")).ExitCode, Is.Zero);
        RecordWhereTheMachineListens();
        Assert.That((await _lab.RunAsync("up", _lab.App)).ExitCode, Is.Zero, "the wait notices the other address");
        string program = CopyWithout("Spectre.");

        (int code, string output) = Run(program, "up", _lab.App);

        Assert.That(code, Is.Zero, output);
        Assert.That(output, Does.Contain("nothing to do").And.Contain($"deployment    {_lab.Record.Id} (hello)"));
        Assert.That(Run(program, "plugins", "list").Output, Does.Contain("Spectre"), "a table needs it, so the copy is without it");
    }

    // In another process nothing turns the machine's public address into the one where it listens.
    private void RecordWhereTheMachineListens()
    {
        string loopback = _lab.Addresses.Target(IPAddress.Parse(_lab.Address)).ToString();
        string record = _lab.Folder.Record;
        File.WriteAllText(record, File.ReadAllText(record).Replace($"\"{_lab.Address}\"", $"\"{loopback}\"", StringComparison.Ordinal));
    }

    private string CopyWithout(string library)
    {
        string copy = Path.Combine(_lab.Root, "program");
        foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(copy, Path.GetRelativePath(AppContext.BaseDirectory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            if (Path.GetFileName(file).StartsWith(library, StringComparison.Ordinal))
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

    private (int Code, string Output) Run(string program, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. args])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            WorkingDirectory = _lab.Work,
        };
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
