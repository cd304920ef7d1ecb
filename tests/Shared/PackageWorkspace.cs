using System.Diagnostics;

namespace TfgridCompose.Tests.Shared;

/// <summary>
/// A temporary folder outside of the repository in which the dotnet tool knows our packages only as packages: a feed, package folder and
/// home of its own. Other packages come from the machine's folder where it has them, else from its sources.
/// </summary>
internal sealed class PackageWorkspace : IDisposable
{
    private const string OurPrefix = "tfgridcompose.";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private readonly DirectoryInfo _root;
    private readonly bool _isOwn;

    public PackageWorkspace()
        : this(Directory.CreateTempSubdirectory("tfc-packages-"), isOwn: true)
    {
    }

    /// <summary>In a folder whose user's home is its <c>home</c>, and which stays.</summary>
    public PackageWorkspace(string root)
        : this(new DirectoryInfo(root), isOwn: false)
    {
    }

    private PackageWorkspace(DirectoryInfo root, bool isOwn)
    {
        (_root, _isOwn) = (root, isOwn);
        Directory.CreateDirectory(Feed);
        CopyMachineConfiguration();
        LinkMachinePackages();
        File.WriteAllText(In("nuget.config"), $"""
            <configuration>
              <packageSources><add key="workspace" value="{Feed}" /></packageSources>
              <fallbackPackageFolders><add key="machine" value="{In("machine-packages")}" /></fallbackPackageFolders>
            </configuration>
            """);
    }

    /// <summary>The folder that our packages are packed into.</summary>
    public string Feed => In("feed");

    public string In(string path) => Path.Combine(_root.FullName, path);

    public void Pack(string repository, string project, string configuration) =>
        MustSucceed(
            Dotnet(RepositoryVariables(), "pack", Path.Combine(repository, project), "-c", configuration, "-o", Feed, "-v", "quiet"));

    /// <summary>The dotnet tool in this folder, with nothing of a build around it.</summary>
    public (int ExitCode, string Output) Dotnet(params string[] arguments) => Dotnet(Variables(), arguments);

    private (int ExitCode, string Output) Dotnet(Dictionary<string, string?> variables, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = _root.FullName,
        };
        foreach (string name
            in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach ((string name, string? value) in variables)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"dotnet {string.Join(' ', arguments)} did not end within {Limit}");
        }

        return (process.ExitCode, output.Result + errors.Result);
    }

    public static void MustSucceed((int ExitCode, string Output) result) => Assert.That(result.ExitCode, Is.Zero, result.Output);

    public void Dispose()
    {
        if (_isOwn)
        {
            _root.Delete(recursive: true);
        }
    }

    /// <summary>
    /// The dotnet tool's. No server may outlive the tests: neither of MSBuild nor of the compiler, but the one that test.sh names and ends.
    /// </summary>
    public Dictionary<string, string?> Variables() => new()
    {
        ["NUGET_PACKAGES"] = In("packages"),
        ["DOTNET_CLI_HOME"] = In("home"),
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["UseSharedCompilation"] = Environment.GetEnvironmentVariable("SharedCompilationId") is null ? "false" : "true",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_NOLOGO"] = "1",
    };

    /// <summary>
    /// The same for a project of the repository. Its packages stay where they are: with another folder of packages it would be restored and
    /// compiled again.
    /// </summary>
    public Dictionary<string, string?> RepositoryVariables() => new(Variables()) { ["NUGET_PACKAGES"] = MachinePackages() };

    private static string MachinePackages() => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget/packages");

    private void CopyMachineConfiguration()
    {
        const string Path = ".nuget/NuGet/NuGet.Config";
        string machine = System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), Path);
        Directory.CreateDirectory(In("home/.nuget/NuGet"));
        if (File.Exists(machine))
        {
            File.Copy(machine, In($"home/{Path}"));
        }
    }

    private void LinkMachinePackages()
    {
        string machine = MachinePackages();
        DirectoryInfo links = Directory.CreateDirectory(In("machine-packages"));
        foreach (DirectoryInfo package in Directory.Exists(machine) ? new DirectoryInfo(machine).GetDirectories() : [])
        {
            if (!package.Name.StartsWith(OurPrefix, StringComparison.OrdinalIgnoreCase))
            {
                Directory.CreateSymbolicLink(Path.Combine(links.FullName, package.Name), package.FullName);
            }
        }
    }
}
