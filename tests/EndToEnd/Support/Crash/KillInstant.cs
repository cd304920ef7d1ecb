using System.Globalization;

namespace TfgridCompose.EndToEnd.Tests.Support.Crash;

/// <summary>
/// When a run is killed: after a part of the time that it usually takes, or as soon as it has written so many lines into the journal.
/// </summary>
internal sealed record KillInstant(string Verb, double? Part, int? JournalLine)
{
    public override string ToString() => JournalLine is { } line
        ? string.Create(CultureInfo.InvariantCulture, $"{Verb} line {line}")
        : string.Create(CultureInfo.InvariantCulture, $"{Verb} {Part:P0}");
}
