using System.Globalization;
using System.Text;
using System.Text.Json;

namespace TfgridCompose.Core.Records.Deployments;

/// <summary>The flat <c>state.yaml</c> for people and scripts: a view of the record, never read back.</summary>
public static class StateYaml
{
    public static string Of(DeploymentRecord record)
    {
        var text = new StringBuilder();
        foreach ((string key, string? value) in Lines(record))
        {
            text.Append(key).Append(": ").Append(value ?? "").Append('\n');
        }

        return text.ToString();
    }

    private static IEnumerable<(string Key, string? Value)> Lines(DeploymentRecord record)
    {
        RecordedHost? primary = record.Hosts.Count > 0 ? record.Hosts[0] : null;
        yield return ("app_name", Scalar(record.AppName));
        yield return ("app_version", Scalar(record.AppVersion));
        yield return ("pattern", Scalar(record.PatternName));
        yield return ("pattern_version", Scalar(record.PatternVersion));
        yield return ("deployment_id", Scalar(record.Id));
        yield return ("created_at", Time(record.CreatedAt));
        yield return ("vm_ip", Plain(primary?.SshAddress ?? record.Outputs?.PrimaryIp));
        yield return ("primary_ip", Plain(record.Outputs?.PrimaryIp));
        yield return ("primary_ip_type", Plain(record.Outputs?.PrimaryIpType));
        yield return ("deployment_name", Plain(record.Outputs?.DeploymentName));
        yield return ("node_ids", $"[{string.Join(", ", record.Outputs?.NodeIds ?? [])}]");
        yield return ("mycelium_ip", Plain(record.Outputs?.MyceliumIp));
        yield return ("wg_interface", Plain(record.WireguardInterface));
        yield return ("network_name", Plain(record.Outputs?.NetworkName));
        yield return ("ssh_user", Plain(record.SshUser));
        yield return ("ssh_key", record.SshKey is null ? null : Scalar(record.SshKey));
        yield return ("status", record.Status.Word());
        yield return ("last_updated", Time(record.UpdatedAt));
    }

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    // Unquoted, for scripts that cut at the colon; quoted only if YAML would read more than one value.
    private static string? Plain(string? text) =>
        text is null
            || (text is not ([.., ':'] or ['-', ..]) && text.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '/'))
            ? text
            : Scalar(text);

    // Plain if YAML reads it back as the same string, otherwise quoted as in JSON, which is valid YAML too.
    private static string Scalar(string text) =>
        text.Length > 0
            && char.IsAsciiLetter(text[0])
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
        && text.ToLowerInvariant() is not ("true" or "false" or "null" or "yes" or "no" or "on" or "off" or "y" or "n")
            ? text
            : text.Length == 0 ? "" : $"\"{JsonEncodedText.Encode(text)}\"";
}
