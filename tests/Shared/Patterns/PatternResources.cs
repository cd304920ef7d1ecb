using System.ComponentModel;
using System.Diagnostics;

namespace TfgridCompose.Patterns.Tests;

/// <summary>What holds for the files of every built-in pattern.</summary>
/// <param name="project">The pattern's folder in the repository.</param>
public abstract class PatternResources(string project)
{
    private string Infrastructure => Repository.Path($"{project}/Resources/infrastructure");

    private string Platform => Repository.Path($"{project}/Resources/platform");

    [Test]
    public async Task Terraform_files_are_formatted()
    {
        string[] arguments = ["fmt", "-check", "-recursive", "-no-color", Infrastructure];
        (int code, string output) = await RunFirstFoundAsync(["tofu", "terraform"], arguments);
        Assert.That(code, Is.Zero, output);
    }

    [Test]
    public void The_playbook_needs_no_collection_beside_the_one_that_comes_with_ansible_core()
    {
        IEnumerable<string> modules = Directory.EnumerateFiles(Platform, "*.yml", SearchOption.AllDirectories)
            .SelectMany(File.ReadLines)
            .Select(line => line.Trim())
            .Where(line => line.EndsWith(':') && line.Contains('.', StringComparison.Ordinal) && line[0] is not ('#' or '/'));

        Assert.That(modules, Is.Not.Empty.And.All.StartsWith("ansible.builtin."));
    }

    private static async Task<(int Code, string Output)> RunFirstFoundAsync(string[] programs, string[] arguments)
    {
        foreach (string program in programs)
        {
            try
            {
                return await RunAsync(program, arguments);
            }
            catch (Win32Exception)
            {
                // Not installed: try the next one.
            }
        }

        throw new IgnoreException($"{string.Join(" or ", programs)} is not installed.");
    }

    private static async Task<(int Code, string Output)> RunAsync(string program, string[] arguments)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
        Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await output + await error);
    }
}
