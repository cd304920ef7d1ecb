using System.Text.Json;
using TfgridCompose.Core.Manifests.Values;

namespace TfgridCompose.Core.Tools.Terraform.Plans;

/// <summary>
/// The attributes that differ in a planned change: compares <c>before</c> and <c>after</c>, and hides secrets.
/// </summary>
internal static class PlanDifferences
{
    private const string Unknown = "(known after apply)";
    private const string Secret = "(sensitive)";
    private const int Longest = 60;

    // Secrets that the provider does not mark as such: a network's WireGuard key, and a machine's environment.
    private static readonly string[] Unmarked = ["external_sk", "access_wg_config", "env_vars"];

    public static IReadOnlyList<AttributeChange> Of(JsonElement change)
    {
        var found = new List<AttributeChange>();
        Walk(
            "",
            Side(change, "before"),
            Side(change, "after"),
            Side(change, "after_unknown"),
            Side(change, "before_sensitive"),
            Side(change, "after_sensitive"),
            found);
        return found;
    }

    /// <summary>The differences of two values without secrets or unknown parts.</summary>
    public static IReadOnlyList<AttributeChange> Between(JsonElement before, JsonElement after)
    {
        var found = new List<AttributeChange>();
        Walk("", before, after, null, null, null, found);
        return found;
    }

    private static void Walk(
        string path,
        JsonElement? before,
        JsonElement? after,
        JsonElement? unknown,
        JsonElement? secretBefore,
        JsonElement? secretAfter,
        List<AttributeChange> found)
    {
        if (IsTrue(secretBefore) || IsTrue(secretAfter))
        {
            Add(path, Secret, Secret, !Same(before, after) || IsTrue(unknown), found);
        }
        else if (IsTrue(unknown))
        {
            Add(path, Shown(before, secretBefore), Unknown, true, found);
        }
        else if (Kind(before) is JsonValueKind.Object && Kind(after) is JsonValueKind.Object
            || Kind(before) is JsonValueKind.Array && Kind(after) is JsonValueKind.Array)
        {
            foreach ((string key, string step) in Keys(before).Union(Keys(after)).Union(Keys(unknown)))
            {
                Walk(
                    path + step,
                    Below(before, key),
                    Below(after, key),
                    Below(unknown, key),
                    Below(secretBefore, key),
                    Below(secretAfter, key),
                    found);
            }
        }
        else
        {
            Add(path, Shown(before, secretBefore), Shown(after, secretAfter), !Same(before, after), found);
        }
    }

    private static void Add(string path, string before, string after, bool differs, List<AttributeChange> found)
    {
        if (differs)
        {
            bool isSecret = IsSecret(path);
            found.Add(new AttributeChange(
                path.TrimStart('.'),
                isSecret ? Secret : before,
                isSecret && after != Unknown ? Secret : after));
        }
    }

    private static bool IsSecret(string path) =>
        SecretNames.Contains(path) || Unmarked.Any(name => path.Contains(name, StringComparison.Ordinal));

    private static JsonElement? Side(JsonElement change, string name) =>
        change.TryGetProperty(name, out JsonElement value) ? value : null;

    private static JsonValueKind Kind(JsonElement? value) => value?.ValueKind ?? JsonValueKind.Undefined;

    private static bool IsTrue(JsonElement? value) => Kind(value) == JsonValueKind.True;

    private static IEnumerable<(string Key, string Step)> Keys(JsonElement? value) => Kind(value) switch
    {
        JsonValueKind.Object => value?.EnumerateObject().Select(property => (property.Name, $".{property.Name}")) ?? [],
        JsonValueKind.Array => Enumerable.Range(0, value?.GetArrayLength() ?? 0).Select(i => ($"{i}", $"[{i}]")),
        _ => [],
    };

    private static JsonElement? Below(JsonElement? value, string key) => Kind(value) switch
    {
        JsonValueKind.Object when value?.TryGetProperty(key, out JsonElement below) == true => below,
        JsonValueKind.Array when int.TryParse(key, out int i) && i < value?.GetArrayLength() => value?[i],
        // A mark on the whole applies to each part.
        JsonValueKind.True => value,
        _ => null,
    };

    // Terraform writes an absent string as null or "", so that is not a difference to show.
    private static bool Same(JsonElement? one, JsonElement? other) => Text(one) == Text(other);

    private static string Text(JsonElement? value) =>
        Kind(value) is JsonValueKind.Undefined or JsonValueKind.Null
            ? ""
            : value?.GetRawText() is { } text && text != "\"\""
            ? text
            : "";

    private static string Shown(JsonElement? value, JsonElement? secret) =>
        Kind(value) is JsonValueKind.Undefined ? "null"
            : HoldsSecret(value, secret) ? Secret
            : Cut(value?.GetRawText() ?? "null");

    // Also for a whole block, for example of a machine that is removed.
    private static bool HoldsSecret(JsonElement? value, JsonElement? secret) =>
        IsTrue(secret) || Keys(value).Any(key =>
            IsSecret(key.Step) || HoldsSecret(Below(value, key.Key), Below(secret, key.Key)));

    private static string Cut(string text) => text.Length > Longest ? $"{text[..Longest]}..." : text;
}
