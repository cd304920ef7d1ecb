using System.Globalization;

namespace TfgridCompose.EndToEnd.Tests.Support.Crash;

/// <summary>A line of the crash test's table.</summary>
/// <param name="Case">The case that was run.</param>
/// <param name="After">How long the run had lasted.</param>
/// <param name="What">What happened then.</param>
/// <param name="Phase">The journal's last line at that moment, <c>-</c> where there was none.</param>
/// <param name="Recovery">What was run afterwards, with the exit codes.</param>
/// <param name="Seconds">How long the recovery took, the <c>down</c> at its end included.</param>
/// <param name="Problems">What is wrong; empty if nothing is.</param>
internal sealed record CrashRow(
    CrashCase Case, TimeSpan After, string What, string Phase, string Recovery, double Seconds, IReadOnlyList<string> Problems)
{
    public static string Header =>
        $"{"case",4}  {"instant",-13}{"after",7}  {"last journal line",-24}{"what",-30}{"then",-34}{"seconds",8}  result";

    public bool Passed => Problems.Count == 0;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Case.Number,4}  {Case.Instant,-13}{After.TotalSeconds,5:F2} s  {Phase,-24}{What,-30}"
        + $"{Recovery,-34}{Seconds,8:F1}  {(Passed ? "ok, nothing left" : $"FAILED: {string.Join("; ", Problems)}")}");
}
