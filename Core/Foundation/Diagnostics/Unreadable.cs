using System.Text.Json;

namespace TfgridCompose.Core.Foundation.Diagnostics;

/// <summary>What a reader of JSON throws where the text, or its form, is not the expected one.</summary>
public static class Unreadable
{
    /// <summary>For a filter around the reading and nothing else.</summary>
    public static bool Is(Exception problem) =>
        problem is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException;
}
