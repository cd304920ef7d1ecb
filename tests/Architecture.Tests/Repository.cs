using System.Diagnostics;

namespace TfgridCompose.Architecture.Tests;

/// <summary>The repository that the tests were built from.</summary>
internal static class Repository
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public static string Root { get; } = FindRoot(TestContext.CurrentContext.TestDirectory);

    /// <summary>Files that git knows or would add, relative to the root; what is built is not among them.</summary>
    public static IReadOnlyList<string> Files { get; } =
        [
            .. Run("git", ["ls-files", "--cached", "--others", "--exclude-standard"]).Output.Split(
                '\n',
                StringSplitOptions.RemoveEmptyEntries).Where(
                file => File.Exists(In(file))),
        ];

    public static string In(string relative) => Path.Combine(Root, relative);

    public static IEnumerable<string> SourcesOf(string project) =>
        Files.Where(file => file.StartsWith($"{project}/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal));

    public static (int ExitCode, string Output) Run(string program, IReadOnlyList<string> arguments)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program)
            {
                WorkingDirectory = Root,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                RedirectStandardInput = true,
            },
        };
        foreach (string argument in arguments)
        {
            process.StartInfo.ArgumentList.Add(argument);
        }

        // A test host's settings for MSBuild must not reach a build that a test starts.
        foreach (string name in process.StartInfo.Environment.Keys.Where(
            name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            process.StartInfo.Environment.Remove(name);
        }

        process.Start();
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {Limit}");
        }

        return (process.ExitCode, output.Result + error.Result);
    }

    private static string FindRoot(string folder) => File.Exists(Path.Combine(folder, "TfgridCompose.sln"))
        ? folder
        : FindRoot(Directory.GetParent(folder)?.FullName
            ?? throw new DirectoryNotFoundException("No folder above holds TfgridCompose.sln."));
}
