using System.Collections;

namespace TfgridCompose.Cli;

internal static class ProcessEnvironment
{
    // A loop, because LINQ over a struct is compiled at every start.
    public static IReadOnlyDictionary<string, string> Read()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        return variables;
    }
}
