using System.Collections;

namespace TfgridCompose.Core.Foundation.Processes;

/// <summary>The environment variables of a tool.</summary>
public static class ToolEnvironment
{
    // The mnemonic reaches only the tool that is given it explicitly.
    private static readonly string[] Withheld = ["TF_VAR_mnemonic", "MNEMONIC"];

    /// <summary>The changes to this process's own variables; null removes one.</summary>
    /// <param name="run">The run's environment.</param>
    /// <param name="added">The tool's own variables, which win; null removes one.</param>
    public static IReadOnlyDictionary<string, string?> Of(
        IReadOnlyDictionary<string, string> run, IReadOnlyDictionary<string, string?> added)
    {
        var changes = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (DictionaryEntry own in Environment.GetEnvironmentVariables())
        {
            changes[(string)own.Key] = null;
        }

        foreach ((string name, string value) in run)
        {
            changes[name] = Withheld.Contains(name) ? null : value;
        }

        foreach ((string name, string? value) in added)
        {
            changes[name] = value;
        }

        return changes;
    }
}
