using System.Collections;

namespace TfgridCompose.Core.Tests.Foundation.Processes;

/// <summary>The test process's own environment, for runs with real tools.</summary>
internal static class ProcessVariables
{
    public static Dictionary<string, string> Read() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);
}
