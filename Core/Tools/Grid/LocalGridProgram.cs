using System.Globalization;
using System.Text.Json;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Tools.Grid;

/// <summary>The local grid's executable: its control program and, if Terraform starts it, the provider.</summary>
public sealed class LocalGridProgram(string path, IToolRunner runner) : IGridTransport
{
    private static readonly TimeSpan VerbLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ImageLimit = TimeSpan.FromHours(1);

    public string Path { get; } = path;

    /// <summary>Beside the executable in <c>localgrid/</c>, or where <c>TFGRID_LOCALGRID</c> points.</summary>
    public static string Locate(Func<string, string?> variable) =>
        variable("TFGRID_LOCALGRID") is { Length: > 0 } given
            ? given
            : System.IO.Path.Combine(AppContext.BaseDirectory, "localgrid", "tfgrid-localgrid");

    public async Task<GridResponse> GetAsync(string pathAndQuery, CancellationToken cancellation)
    {
        ToolResult result = await RequireAsync(["query", pathAndQuery], cancellation);
        return result.Read(static envelope =>
            new GridResponse(envelope.GetProperty("status").GetInt32(), envelope.GetProperty("body").Clone())
            {
                Count = CountOf(envelope),
            });
    }

    /// <summary>What this machine lacks for the local grid; empty if nothing.</summary>
    public async Task<IReadOnlyList<Diagnostic>> RequirementsAsync(CancellationToken cancellation)
    {
        if (!ExecutablePath.IsExecutable(Path))
        {
            return [Diagnostic.Error(
                GridCodes.LocalGridMissing,
                $"The local grid's program is not at {Path}.",
                "install tfgrid-compose again, or build it with ./demo.sh")];
        }

        return (await RequireAsync(["requirements"], cancellation)).Read(LacksIn);
    }

    private static Diagnostic[] LacksIn(JsonElement answer) =>
    [
        .. Items(answer, "missing").Select(tool => Diagnostic.Error(
            GridCodes.LocalGridToolMissing,
            $"The local grid needs {Text(tool, "tool")}: {Text(tool, "why")}.",
            $"sudo apt-get install {Text(tool, "package")}")),
        .. Items(answer, "problems").Select(problem => Diagnostic.Error(
            GridCodes.LocalGridProblem, Text(problem, "message"), Text(problem, "remedy"))),
    ];

    /// <summary>Builds the machines' base image if it is missing or its recipe has changed.</summary>
    public async Task EnsureImageAsync(Action<string> progress, CancellationToken cancellation)
    {
        ToolResult result = await runner.RunAsync(
            new ToolCommand(Path, ["image", "ensure"])
            {
                TimeLimit = ImageLimit,
                OnOutput = line => Report(line, progress),
            }, cancellation);
        if (!result.Succeeded)
        {
            throw new DiagnosticException(
                ExitCode.Infrastructure,
                GridCodes.ImageFailed,
                $"The local grid's base image could not be built:\n{result.Tail()}",
                "check that this machine can reach its distribution's mirror (apt-get update), "
                    + "then run the command again");
        }
    }

    /// <summary>Writes the provider's filesystem mirror and the Terraform CLI configuration that names it.</summary>
    public async Task InstallProviderAsync(TfgridHome home, CancellationToken cancellation)
    {
        // A file, not the folder: a process killed while writing the mirror leaves an incomplete folder.
        string complete = System.IO.Path.Combine(home.ProviderMirror, "complete");
        if (!File.Exists(complete))
        {
            await RunAsync(["mirror", home.ProviderMirror], cancellation);
            PrivateFile.Write(complete, "");
        }

        string config = $$"""
            disable_checkpoint = true
            provider_installation {
              filesystem_mirror {
                path    = {{$"\"{JsonEncodedText.Encode(home.ProviderMirror)}\""}}
                include = ["registry.terraform.io/threefoldtech/*", "registry.opentofu.org/threefoldtech/*"]
              }
            }

            """;
        if (!File.Exists(home.TerraformConfig)
            || PlainFile.ReadText(home.TerraformConfig) != config)
        {
            PrivateFile.Write(home.TerraformConfig, config);
        }
    }

    /// <summary>Brings back what a reboot of this computer took away, and returns the machines that it started.</summary>
    public async Task<IReadOnlyList<string>> StartAsync(CancellationToken cancellation) =>
        (await RequireAsync(["start"], cancellation)).Read(
            static answer => Items(answer, "machines").Select(machine => machine.GetString() ?? "").ToArray());

    /// <summary>Runs one of its verbs and returns what it printed.</summary>
    /// <param name="arguments">The verb.</param>
    /// <param name="cancellation">Ends the run.</param>
    /// <param name="remark">Gets what it remarks although it succeeded.</param>
    public async Task<string> RunAsync(
        IReadOnlyList<string> arguments, CancellationToken cancellation, Action<string>? remark = null)
    {
        ToolResult result = await RequireAsync(arguments, cancellation);
        if (remark is not null)
        {
            result.LastErrorLines.ToList().ForEach(remark);
        }

        return result.Output;
    }

    /// <summary>
    /// Ends contracts by their numbers, as the chain does without the nodes: networks have no tag, and a stray contract has the tag of
    /// the living deployment.
    /// </summary>
    public Task CancelAsync(IEnumerable<long> contracts, CancellationToken cancellation) =>
        RunAsync(["cancel", "--contracts", .. contracts.Select(id => id.ToString(CultureInfo.InvariantCulture))], cancellation);

    private async Task<ToolResult> RequireAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        ToolResult result =
            await runner.RunAsync(new ToolCommand(Path, arguments) { TimeLimit = VerbLimit }, cancellation);
        return result.Succeeded ? result : throw new DiagnosticException(
            ExitCode.Infrastructure,
            GridCodes.QueryFailed,
            $"`{System.IO.Path.GetFileName(Path)} {string.Join(' ', arguments)}` ended with exit code "
                + $"{result.ExitCode}: {result.Tail()}",
            "see `tfgrid-compose grid local status`; `tfgrid-compose grid local prune` removes leftovers");
    }

    private static int? CountOf(JsonElement envelope) =>
        envelope.TryGetProperty("headers", out JsonElement headers)
            && headers.TryGetProperty("count", out JsonElement count)
        && int.TryParse(count.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        ? number
        : null;

    private static void Report(string line, Action<string> progress)
    {
        try
        {
            using var entry = JsonDocument.Parse(line);
            if (Text(entry.RootElement, "event") == "progress")
            {
                progress(Text(entry.RootElement, "message"));
            }
        }
        catch (Exception problem) when (Unreadable.Is(problem))
        {
            progress(line);
        }
    }

    private static IEnumerable<JsonElement> Items(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement list) ? list.EnumerateArray() : [];

    private static string Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) ? value.GetString() ?? "" : "";
}
