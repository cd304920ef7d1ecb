using System.Globalization;
using TfgridCompose.Cli.Rendering;
using TfgridCompose.Cli.Terminal;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Looking.Leaks;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Tools.Grid;

namespace TfgridCompose.Cli.Verbs.Removing;

/// <summary>Finds what outlived its deployment, on the grids and on this machine, and cleans it up.</summary>
internal static class LeaksVerb
{
    private const int SomethingListed = 10;

    public static async Task<int> RunAsync(LeaksOptions options, VerbContext context, CancellationToken cancellation)
    {
        string[] ids = [.. options.Ids];
        if (ids.Length > 0 && !options.Clean)
        {
            throw new DiagnosticException(
                ExitCode.Usage,
                CliCodes.BadArguments,
                $"`leaks` takes '{ids[0]}' only with --clean.",
                $"`{Product.Name} leaks` lists everything; add --clean to clean up only the deployments you name");
        }

        var search = new LeakSearch(context.Here, new HomeDeployments(context.Here.Store, context.Index));
        LeakReport report = await SearchAsync(search, context, cancellation);
        return options.Clean
            ? await CleanAsync(options, report.Chosen(ids), report, search, context, cancellation)
            : Show(report, options.DetailedExitCode, context);
    }

    private static Task<LeakReport> SearchAsync(LeakSearch search, VerbContext context, CancellationToken cancellation)
    {
        string? given = context.Config.Grid;
        return search.RunAsync(context.Grid is { } grid ? [grid] : [], given is null ? null : GridName.Parse(given), cancellation);
    }

    private static int Show(LeakReport report, bool detailed, VerbContext context)
    {
        context.Streams.Out.Write(context.Global.Json ? LeakView.Json(report) : LeakView.Text(report));
        if (!context.Global.Json)
        {
            context.Streams.Error.Write(LeakView.Hints(report));
        }

        if (report.Problems.Any(problem => problem.Severity == Severity.Error))
        {
            throw new DiagnosticException(ExitCode.Infrastructure, report.Problems);
        }

        context.Streams.Error.Write(string.Concat(report.Problems.Select(problem => $"{DiagnosticText.Of(problem)}\n")));
        return detailed && !report.IsEmpty ? SomethingListed : 0;
    }

    private static async Task<int> CleanAsync(
        LeaksOptions options,
        LeakReport chosen,
        LeakReport report,
        LeakSearch search,
        VerbContext context,
        CancellationToken cancellation)
    {
        if (chosen.IsEmpty)
        {
            context.Streams.Error.WriteLine("no leaks of yours; nothing was done");
            return Show(report with { Contracts = [], Machine = [] }, detailed: false, context);
        }

        context.Streams.Error.Write(LeakView.Text(chosen));
        if (context.Declines(options.Yes, "Cancel and remove these?"))
        {
            return 0;
        }

        var cleaning = new LeakCleaning(context.Here, context.Index, context.Holder);
        bool showsLate = await cleaning.CancelAsync(chosen.Contracts, cancellation);
        GridPatience patience = showsLate ? context.Here.GridPatience : GridPatience.None;
        LeakReport after = await patience.AskAsync(
            () => SearchAsync(search, context, cancellation),
            found => found.StillThere(chosen).Contracts.Count == 0,
            context.Here.Clock,
            cancellation);
        await cleaning.RemoveAsync(chosen.Machine, after, cancellation);
        return Verify(chosen, (await SearchAsync(search, context, cancellation)).StillThere(chosen), context);
    }

    private static int Verify(LeakReport chosen, LeakReport still, VerbContext context)
    {
        if (context.Global.Json)
        {
            context.Streams.Out.Write(LeakView.Json(still));
        }

        if (!still.IsEmpty)
        {
            throw new DiagnosticException(
                ExitCode.Infrastructure,
                LeakCodes.LeftAfterCleaning,
                $"Still left after the cleanup:\n{LeakView.Text(still).TrimEnd()}",
                $"{LeakView.Commands(still)}then run `{Product.Name} leaks` again");
        }

        if (still.Problems.Any(problem => problem.Severity == Severity.Error))
        {
            throw new DiagnosticException(ExitCode.Infrastructure, still.Problems);
        }

        string contracts = Count(chosen.Contracts.Sum(leak => leak.Contracts.Count), "contract");
        string items = Count(chosen.Machine.Count, "item");
        context.Streams.Error.WriteLine($"cleaned and verified: {contracts}, {items} on this machine");
        return 0;
    }

    private static string Count(int number, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {what}{(number == 1 ? "" : "s")}");
}
