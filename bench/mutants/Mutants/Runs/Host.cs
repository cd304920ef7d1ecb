using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using TfgridCompose.MutantHost;

namespace TfgridCompose.Mutants.Runs;

/// <summary>
/// Runs tests of one assembly in a process of their own, watches what it writes, and ends it where it is silent for
/// too long.
/// </summary>
internal sealed class Host(Sandbox sandbox, int worker)
{
    public const string Assembly = "TfgridCompose.MutantHost.dll";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public async Task<HostResult> RunAsync(TestAssembly assembly, TestRequest request, HostTerms terms, CancellationToken cancellation)
    {
        string folder = sandbox.Prepare(worker);
        string events = Path.Combine(folder, "events");
        string asked = Path.Combine(folder, "request.json");
        await File.WriteAllTextAsync(asked,
            JsonSerializer.Serialize(request with { LeftOutCategories = Settings.LeftOutCategories }), cancellation);
        string basis = Path.ChangeExtension(assembly.Path, null);
        string output = Path.GetDirectoryName(assembly.Path) ?? "";
        string[] command =
        [
            .. sandbox.Command(
                folder, output, "dotnet", "exec", "--depsfile", $"{basis}.deps.json", "--runtimeconfig", $"{basis}.runtimeconfig.json",
                Path.Combine(output, Assembly), assembly.Path, asked, events),
        ];
        var start = new ProcessStartInfo(command[0], command[1..]);
        SetEnvironment(start.Environment, folder, terms);
        using Process process = Process.Start(start) ?? throw new MutantsException($"{command[0]} does not start");
        try
        {
            return await WatchAsync(process, events, terms, cancellation);
        }
        finally
        {
            End(process, folder);
        }
    }

    // A fault may eat memory without end; 4 GB are more than any test needs.
    private static void SetEnvironment(IDictionary<string, string?> environment, string folder, HostTerms terms)
    {
        environment["TFC_MUTANT"] = terms.Fault.ToString(CultureInfo.InvariantCulture);
        environment["TFC_MUTANT_HITS"] = terms.Hits;
        environment["TFC_MUTANT_RUN"] = folder;
        environment["DOTNET_GCHeapHardLimit"] = "0x100000000";
        environment["MSBUILDDISABLENODEREUSE"] = "1";
        environment["UseSharedCompilation"] = "false";
        environment.Remove("TFGRID_COMPOSE_PRODUCT");
    }

    private static async Task<HostResult> WatchAsync(Process process, string file, HostTerms terms, CancellationToken cancellation)
    {
        var events = new EventFile(file);
        var silence = Stopwatch.StartNew();
        while (true)
        {
            bool hasEnded = process.HasExited;
            if (events.Read())
            {
                silence.Restart();
            }

            if (hasEnded || (terms.StopsAtFailure && events.All.Any(each => each.Kind == "failed")))
            {
                return new HostResult(events.All, WasSilent: false);
            }

            if (silence.Elapsed > terms.Silence)
            {
                return new HostResult(events.All, WasSilent: true);
            }

            await Task.Delay(Pause, TimeProvider.System, cancellation);
        }
    }

    private void End(Process process, string folder)
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        if (!sandbox.IsClosed)
        {
            Strays.End(folder);
        }
    }
}
