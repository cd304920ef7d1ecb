using System.Text.Json;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Looking.Conformance;

/// <summary>
/// Runs checks one by one, times them and keeps what they say. Both a defect and whatever stops a check are findings of
/// the check, except a bug of ours, which ends the run and is logged.
/// </summary>
internal sealed class CheckLog(TimeProvider clock, IReadOnlyCollection<string> skip, Action<CheckResult> report)
{
    private readonly List<CheckResult> _results = [];

    public IReadOnlyList<CheckResult> Results => _results;

    public bool Failed(ConformanceCheck check, string? sample = null) =>
        _results.Any(result => result.Check == check && result.Sample == sample && result.Status == CheckStatus.Failed);

    public bool Skips(ConformanceCheck check) => skip.Contains(check.Id);

    public async Task RunAsync(ConformanceCheck check, string? sample, Func<Task<Verdict>> work)
    {
        if (Skips(check))
        {
            Add(new CheckResult
            {
                Check = check,
                Sample = sample,
                Status = CheckStatus.NotRun,
                Detail = "left out",
                Skipped = true,
            });
            return;
        }

        long started = clock.GetTimestamp();
        Verdict verdict = await VerdictAsync(work);
        Add(new CheckResult
        {
            Check = check,
            Sample = sample,
            Status = verdict.Status,
            Detail = verdict.Detail,
            Remedy = verdict.Remedy,
            Duration = clock.GetElapsedTime(started),
        });
    }

    private static async Task<Verdict> VerdictAsync(Func<Task<Verdict>> work)
    {
        try
        {
            return await work();
        }
        catch (DiagnosticException found)
        {
            return Verdict.Of(found.Diagnostics);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or JsonException)
        {
            return Verdict.Of([
                new Finding($"it could not be checked: {refused.Message}", "fix the file or the program that it names"),
            ]);
        }
        catch (NullAnswerException missing)
        {
            return Verdict.Of([new Finding(missing.Message, "return empty lists and strings instead of null")]);
        }
    }

    public void NotRun(IEnumerable<ConformanceCheck> checks, string? sample, string reason, bool skipped = false)
    {
        foreach (ConformanceCheck check in checks)
        {
            Add(new CheckResult
            {
                Check = check,
                Sample = sample,
                Status = CheckStatus.NotRun,
                Detail = reason,
                Skipped = skipped || Skips(check),
            });
        }
    }

    private void Add(CheckResult result)
    {
        _results.Add(result);
        report(result);
    }
}
