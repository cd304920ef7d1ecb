using System.Diagnostics;

namespace TfgridCompose.Mutants.Copying;

/// <summary>
/// Builds the copy, with the compiler's arguments and the generated sources kept for the planter, and with no check
/// of style.
/// </summary>
internal sealed class CopyBuild(Settings settings)
{
    public const string ArgumentsFile = "csc-arguments.txt";
    private const string SwitchFile = "MutantSwitch.cs";

    private const string Additions = $"""
          <PropertyGroup>
            <ProvideCommandLineArgs>true</ProvideCommandLineArgs>
            <EmitCompilerGeneratedFiles>true</EmitCompilerGeneratedFiles>
            <CompilerGeneratedFilesOutputPath>$(IntermediateOutputPath)generated</CompilerGeneratedFilesOutputPath>
            <TreatWarningsAsErrors>false</TreatWarningsAsErrors>
            <RunAnalyzers>false</RunAnalyzers>
            <NoWarn>$(NoWarn);CS0436</NoWarn>
          </PropertyGroup>
          <ItemGroup>
            <Compile Include="$(MSBuildThisFileDirectory){SwitchFile}" Visible="false" />
          </ItemGroup>
          <Target Name="WriteCompilerArguments" AfterTargets="CoreCompile">
            <WriteLinesToFile File="$(IntermediateOutputPath){ArgumentsFile}" Lines="@(CscCommandLineArgs)" Overwrite="true" />
          </Target>
        </Project>
        """;

    /// <summary>The switch, and what the build must do besides.</summary>
    public void Prepare()
    {
        File.Copy(Path.Combine(settings.Repository, "bench/mutants/Switch", SwitchFile),
            Path.Combine(settings.Tree, SwitchFile), overwrite: true);
        string targets = Path.Combine(settings.Tree, "Directory.Build.targets");
        string text = File.Exists(targets) ? File.ReadAllText(targets) : "<Project>\n</Project>";
        File.WriteAllText(targets, text[..text.LastIndexOf("</Project>", StringComparison.Ordinal)] + Additions);
    }

    /// <summary>Tests that start the published product find the built one in its place; nothing is published.</summary>
    public void PlaceProduct()
    {
        string program = Directory.GetFiles(Path.Combine(settings.Tree, "Cli", "bin", "Release"),
            "tfgrid-compose", SearchOption.AllDirectories).Single();
        Directory.CreateDirectory(Path.Combine(settings.Tree, "artifacts", "tfgrid-compose"));
        string place = Path.Combine(settings.Tree, "artifacts", "tfgrid-compose");
        Directory.Delete(place);
        Directory.CreateSymbolicLink(place, Path.GetDirectoryName(program) ?? "");
    }

    public async Task RunAsync(string log, CancellationToken cancellation)
    {
        string solution = Directory.GetFiles(settings.Tree, "*.sln").Single();
        string[] command =
        [
            "dotnet", "build", solution, "--configuration", "Release", "--verbosity", "quiet", "-nodeReuse:false",
        ];
        var start = new ProcessStartInfo("sh",
            ["-c", "log=$1; shift; exec \"$@\" >\"$log\" 2>&1 </dev/null", "sh", settings.In(log), .. command])
        {
            WorkingDirectory = settings.Tree,
        };
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        using Process build = Process.Start(start) ?? throw new MutantsException("sh does not start");
        try
        {
            await build.WaitForExitAsync(cancellation);
        }
        finally
        {
            build.Kill(entireProcessTree: true);
        }

        if (build.ExitCode != 0)
        {
            throw new MutantsException($"the build failed; see {settings.In(log)}");
        }
    }
}
