using System.Text;
using System.Text.Json;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Tools.Terraform;

/// <summary>Reads Terraform's <c>-json</c> lines: planned changes, progress and errors.</summary>
public sealed class TerraformMessages
{
    private readonly List<(string Address, string Action)> _drift = [];
    private readonly List<string> _errors = [];

    /// <summary>Whether there are planned changes, including those of outputs; the plan has the details.</summary>
    public bool PlansAnything { get; private set; }

    /// <summary>Whether it began to change a resource.</summary>
    public bool Applies { get; private set; }

    /// <summary>
    /// Addresses of resources that differ from the state, and how they were changed outside Terraform: update or
    /// delete.
    /// </summary>
    public IReadOnlyList<(string Address, string Action)> Drift => _drift;

    /// <summary>Error diagnostics as text: summary, detail, resource and source line.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>Processes a line and returns what to show of it, or null.</summary>
    public string? Take(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return Take(document.RootElement);
        }
        catch (Exception problem) when (Unreadable.Is(problem))
        {
            // Not a message of Terraform's, so it is shown as it is.
            return line.Length > 0 ? line : null;
        }
    }

    private string? Take(JsonElement message)
    {
        switch (Text(message, "type"))
        {
            case "planned_change":
                PlansAnything = true;
                return null;
            case "resource_drift":
                JsonElement change = message.GetProperty("change");
                _drift.Add((Text(change.GetProperty("resource"), "addr"), Text(change, "action")));
                return null;
            case "outputs":
                PlansAnything |= message.GetProperty("outputs")
                    .EnumerateObject()
                    .Any(output => Text(output.Value, "action") is not ("" or "noop"));
                return null;
            case "diagnostic" when Text(message.GetProperty("diagnostic"), "severity") == "error":
                _errors.Add(Describe(message.GetProperty("diagnostic")));
                return null;
            case "apply_start":
                Applies = true;
                return Text(message, "@message");
            case "apply_complete" or "apply_errored" or "apply_progress":
                return Text(message, "@message");
            default:
                return null;
        }
    }

    /// <summary>A <c>-json</c> diagnostic as text: summary, detail, resource and source line.</summary>
    internal static string Describe(JsonElement diagnostic)
    {
        var text = new StringBuilder(Text(diagnostic, "summary"));
        if (Text(diagnostic, "detail") is { Length: > 0 } detail)
        {
            text.Append(": ").Append(detail);
        }

        if (Text(diagnostic, "address") is { Length: > 0 } address)
        {
            text.Append(" (").Append(address).Append(')');
        }

        if (diagnostic.TryGetProperty("range", out JsonElement range) && range.ValueKind == JsonValueKind.Object)
        {
            text.Append(" at ")
                .Append(Text(range, "filename"))
                .Append(':')
                .Append(range.GetProperty("start").GetProperty("line").GetInt32());
        }

        return text.ToString();
    }

    private static string Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() ?? ""
            : "";
}
