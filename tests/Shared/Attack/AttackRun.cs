using System.Diagnostics;
using System.Globalization;

namespace TfgridCompose.Tests.Shared.Attack;

/// <summary>Gives a target one spoiled input after another, and watches what each does.</summary>
internal sealed class AttackRun(AttackTarget target, int seed) : IDisposable
{
    private const int MostFailures = 20;
    private const long MostMemoryKb = 300 * 1024;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private readonly AttackSandbox _sandbox = new();
    private readonly List<string> _failures = [];
    private readonly string _kept = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "attack")).FullName;

    /// <summary>What became of the inputs.</summary>
    public AttackCounts Counts { get; } = new();

    public IReadOnlyList<string> Failures => _failures;

    public void Run(int first, int count)
    {
        var watch = Stopwatch.StartNew();
        for (int number = first; number < first + count && _failures.Count < MostFailures; number++)
        {
            Run(number);
        }

        if (_sandbox.Trace(everywhere: true) is { } trace)
        {
            _failures.Add($"{target.Name}, seed {seed}, at one of the last cases: {trace}");
        }

        AttackSettings.Report(string.Create(
            CultureInfo.InvariantCulture,
            $"{target.Name}: {count} cases, seed {seed}, {watch.Elapsed.TotalSeconds:F1} s, {_failures.Count} failed\n{Counts}"));
    }

    public void Dispose() => _sandbox.Dispose();

    private void Run(int number)
    {
        AttackInput input = target.Make(AttackSettings.RandomOf(target.Name, seed, number), number);
        string path = Path.Combine(_kept, string.Create(CultureInfo.InvariantCulture, $"{target.Name}-{seed}-{number}.input"));

        // First, because what takes the whole process with it leaves nothing else.
        File.WriteAllBytes(path, input.Bytes);
        string? problem = ProblemOf(input);
        if (problem is null)
        {
            File.Delete(path);
        }
        else
        {
            _failures.Add($"{target.Name}, seed {seed}, case {number} ({input.Kind}), {path}:\n  {problem}");
        }

        _sandbox.Clear();
    }

    private string? ProblemOf(AttackInput input)
    {
        string? problem = TakeOf(input, out TimeSpan time, out long memory);
        if (problem is null && (time > Limit || memory > MostMemoryKb))
        {
            // Once more, in case the computer was busy with something else.
            _sandbox.Clear();
            GC.Collect();
            problem = TakeOf(input, out TimeSpan again, out long moreMemory);
            problem ??= again > Limit ? $"it took {time.TotalSeconds:F1} s, and again {again.TotalSeconds:F1} s"
                : moreMemory > MostMemoryKb ? $"it took {memory / 1024} MB, and again {moreMemory / 1024} MB"
                : null;
        }

        return problem ?? _sandbox.Trace();
    }

    private string? TakeOf(AttackInput input, out TimeSpan time, out long memoryKb)
    {
        ProcessMemory.ForgetPeak();
        long before = ProcessMemory.NowKb;
        Task<(string?, TimeSpan)> work = Task.Run(() => TimedTake(input));
        bool ended = work.Wait(Patience);
        memoryKb = ProcessMemory.PeakKb - before;
        if (ended)
        {
            (string? problem, time) = work.Result;
            return problem;
        }

        throw new AssertionException(
            $"{target.Name}, seed {seed}: it did not end within {Patience.TotalSeconds:F0} s; the input is the newest file in {_kept}");
    }

    // Waiting for a processor is not the product's time.
    private (string? Problem, TimeSpan Time) TimedTake(AttackInput input)
    {
        TimeSpan waited = ThreadWait.Total;
        var watch = Stopwatch.StartNew();
        string? problem = Take(input);
        return (problem, watch.Elapsed - (ThreadWait.Total - waited));
    }

    private string? Take(AttackInput input)
    {
        try
        {
            Counts.Add(input.Kind, target.Take(input, _sandbox.Folder));
            return null;
        }
        catch (AttackFailure broken)
        {
            return broken.Message;
        }
        catch (Exception problem)
        {
            if (target.RefusalOf(problem) is { } outcome)
            {
                Counts.Add(input.Kind, outcome);
                return null;
            }

            return $"it crashed: {problem}";
        }
    }
}
