using System.Diagnostics;

namespace TfgridCompose.Core.Tests.Plugins.Loading;

/// <summary>Runs the dotnet tool on projects; what it builds of this repository has the configuration of the running tests.</summary>
internal static class Builds
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public static string Repository { get; } = FindRepository();

    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/')).Parent!.Name;

    public static string DescriptorWriter =>
        Path.Combine(Repository, "Patterns.Sdk/DescriptorWriter/bin", Configuration, "net10.0/TfgridCompose.DescriptorWriter.dll");

    public static (int ExitCode, string Output) Dotnet(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        // The variables of the build that runs these tests would bend the inner one.
        foreach (string name in start.Environment.Keys.Where(
            key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
        }

        return (process.ExitCode, output.Result + errors.Result);
    }

    private static string FindRepository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TfgridCompose.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("no TfgridCompose.sln above the tests");
    }
}
