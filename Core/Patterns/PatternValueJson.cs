using System.Text.Encodings.Web;
using System.Text.Json;

namespace TfgridCompose.Core.Patterns;

/// <summary>JSON of the values that patterns return: Terraform and Ansible variables.</summary>
public static class PatternValueJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
