using System.Text.Json;

namespace TfgridCompose.Core.Foundation.Diagnostics;

/// <summary>What a reader of JSON throws if the text is not JSON or does not have the expected form.</summary>
public static class Unreadable
{
    /// <summary>For an exception filter around the reading alone.</summary>
    public static bool Is(Exception problem) =>
        problem is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException;
}
