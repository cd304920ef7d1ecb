using System.Collections;
using TfgridCompose.Core.Foundation.Files;

namespace TfgridCompose.Core.Foundation.Processes;

/// <summary>
/// This process's own environment variables. A program reads them once, at its start, and hands them to the run.
/// </summary>
public static class ProcessEnvironment
{
    // A loop, because LINQ over a struct is compiled at every start.
    public static Dictionary<string, string> Read()
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            variables[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        // Tools read the variable too, and must not find another folder.
        variables[UserHome.Variable] = UserHome.Of(variables.GetValueOrDefault);
        return variables;
    }
}
