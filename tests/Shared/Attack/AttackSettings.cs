using System.Globalization;

namespace TfgridCompose.Tests.Shared.Attack;

/// <summary>What bench/attack.sh asks for; without it, a tenth of its cases.</summary>
internal static class AttackSettings
{
    private const int UsualSeed = 20260101;
    private const int UsualCases = 5000;
    private const int Shares = 10;

    public static int Seed => Number("TFC_ATTACK_SEED") ?? UsualSeed;

    /// <summary>The one case to run again, or null.</summary>
    public static int? Case => Number("TFC_ATTACK_CASE");

    /// <summary>Whether so many cases are run that each kind of outcome must be among them.</summary>
    public static bool IsWhole => Case is null && Cases >= UsualCases;

    private static int Cases => Number("TFC_ATTACK_CASES") ?? UsualCases;

    /// <summary>How many of all cases are of a target that has so many tenths of them.</summary>
    public static int CountOf(int shares) => Cases * shares / Shares;

    /// <summary>Ends the test where another target is asked for.</summary>
    public static void RequireAsked(string target)
    {
        if (Environment.GetEnvironmentVariable("TFC_ATTACK_TARGET") is { Length: > 0 } asked && asked != target)
        {
            Assert.Ignore($"only {asked} is asked for");
        }
    }

    /// <summary>Runs all cases of a target, or the one.</summary>
    public static AttackCounts Run(AttackTarget target)
    {
        RequireAsked(target.Name);
        using var run = new AttackRun(target, Seed);
        run.Run(Case ?? 0, Case is null ? CountOf(shares: 1) : 1);
        Assert.That(run.Failures, Is.Empty, string.Join('\n', run.Failures));
        return run.Counts;
    }

    /// <summary>Tells what became of a target's cases: the test's output, and the script's.</summary>
    public static void Report(string text)
    {
        TestContext.Out.WriteLine(text);
        if (Environment.GetEnvironmentVariable("TFC_ATTACK_REPORT") is { Length: > 0 } file)
        {
            File.AppendAllText(file, text + "\n");
        }
    }

    /// <summary>The source of chance of one case: each has its own, so that it can be run again alone.</summary>
    public static Random RandomOf(string target, int seed, int number)
    {
        // FNV-1a: strings' own hashes change from run to run.
        uint hash = 2166136261;
        foreach (char letter in string.Create(CultureInfo.InvariantCulture, $"{target} {seed} {number}"))
        {
            hash = unchecked((hash ^ letter) * 16777619);
        }

        return new Random(unchecked((int)hash));
    }

    private static int? Number(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
