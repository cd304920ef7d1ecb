using System.Collections;

namespace TfgridCompose.Core.Foundation.Processes;

/// <summary>
/// This process's own environment variables. A program reads them once, at its start, and hands them to the run.
/// </summary>
public static class ProcessEnvironment
{
    public static Dictionary<string, string> Read() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);
}
