using System.Globalization;

namespace TfgridCompose.EndToEnd.Tests.Support.Crash;

/// <summary>Which kills are tried. The same seed, count and journal give the same plan.</summary>
internal static class CrashPlan
{
    // `up` takes several times as long as `down`, and has more to lose.
    private const double PartOfUp = 2.0 / 3;

    /// <summary>Random instants, spread evenly over the run of each verb, and each boundary between two lines of the journal.</summary>
    /// <param name="count">How many random instants.</param>
    /// <param name="seed">Of the random generator.</param>
    /// <param name="linesOfUp">How many lines a whole <c>up</c> writes into the journal; 0 leaves the boundaries out.</param>
    /// <param name="linesOfDown">The same of <c>down</c>.</param>
    public static IReadOnlyList<CrashCase> Of(int count, int seed, int linesOfUp, int linesOfDown)
    {
#pragma warning disable CA5394 // It is to be repeatable, not secret.
        var random = new Random(seed);
        int ofUp = (int)Math.Round(count * PartOfUp);
        List<KillInstant> instants =
        [
            .. Enumerable.Range(0, ofUp).Select(i => new KillInstant("up", (i + random.NextDouble()) / ofUp, null)),
            .. Enumerable.Range(0, count - ofUp).Select(i => new KillInstant("down", (i + random.NextDouble()) / (count - ofUp), null)),
            .. Enumerable.Range(1, linesOfUp).Select(line => new KillInstant("up", null, line)),
            .. Enumerable.Range(1, linesOfDown).Select(line => new KillInstant("down", null, line)),
        ];

        // Both are spread over all instants: each way comes as often as the others, and `up` recovers in half of the cases.
        CrashWay[] all = Enum.GetValues<CrashWay>();
        int[] ways = Shuffled(instants.Count, random);
        int[] recoveries = Shuffled(instants.Count, random);
#pragma warning restore CA5394
        return
        [
            .. instants.Select((instant, i) =>
                new CrashCase(i + 1, instant, all[ways[i] % all.Length], recoveries[i] % 2 == 0 ? "up" : "down")),
        ];
    }

    /// <summary>A number from the environment, or the default.</summary>
    public static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private static int[] Shuffled(int count, Random random)
    {
        int[] numbers = [.. Enumerable.Range(0, count)];
        random.Shuffle(numbers);
        return numbers;
    }
}
