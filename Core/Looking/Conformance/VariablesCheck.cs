using System.Text.Json;
using TfgridCompose.Core.Tools.Terraform.Source;
using TfgridCompose.Core.Tools.Variables;

namespace TfgridCompose.Core.Looking.Conformance;

/// <summary>Compares the values that a pattern gives Terraform with the variables that its files declare.</summary>
internal static class VariablesCheck
{
    public static IReadOnlyList<Finding> Of(
        IReadOnlyDictionary<string, object?> values,
        IReadOnlyDictionary<string, object?> again,
        TerraformModule module)
    {
        List<Finding> findings =
        [
            .. values.Keys.Except(module.Variables).Select(name => new Finding(
                $"it gives a value for '{name}', which no .tf file declares",
                $"add `variable \"{name}\"` to infrastructure/variables.tf, or leave the value out")),
            .. module.RequiredVariables.Except(values.Keys).Select(name => new Finding(
                $"the Terraform variable '{name}' has no default and gets no value",
                $"return a value for \"{name}\" from Variables, or give it a default")),
        ];
        try
        {
            if (Json(values) != Json(again))
            {
                findings.Add(new(
                    "the same request gave other values the second time",
                    "use only the request: no clock, no random number, no counter; "
                        + "keys come from request.Keys"));
            }
        }
        catch (Exception refused) when (refused is NotSupportedException or JsonException)
        {
            findings.Add(new(
                $"a value cannot be written as JSON: {refused.Message.Split('\n')[0]}",
                "return strings, numbers, booleans, lists and maps"));
        }

        return findings;
    }

    private static string Json(IReadOnlyDictionary<string, object?> values) =>
        JsonSerializer.Serialize(values, PatternValueJson.Options);
}
