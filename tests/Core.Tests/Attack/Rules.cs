using System.Text.Json;
using System.Text.RegularExpressions;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Tests.Shared.Attack;

namespace TfgridCompose.Core.Tests.Attack;

/// <summary>What holds for every command line and text that comes of an accepted input.</summary>
internal static partial class Rules
{
    private static readonly string[] SshFlags = ["-F", "-o", "-i", "-T", "-t", "--"];
    private static readonly string[] StateKeys =
    [
        "app_name", "app_version", "pattern", "pattern_version", "deployment_id", "created_at", "vm_ip", "primary_ip", "primary_ip_type",
        "deployment_name", "node_ids", "mycelium_ip", "wg_interface", "network_name", "ssh_user", "ssh_key", "status", "last_updated",
    ];

    /// <summary>Options of ours, then <c>--</c>, then the host, then at most one command.</summary>
    public static void Ssh(IReadOnlyList<string> arguments)
    {
        int end = arguments.ToList().IndexOf("--");
        AttackFailure.Unless(end >= 0 && end + 1 < arguments.Count && arguments.Count <= end + 3, $"no host after --: {Shown(arguments)}");
        for (int i = 0; i < end; i++)
        {
            AttackFailure.Unless(SshFlags.Contains(arguments[i]), $"ssh would read '{arguments[i]}' as an option: {Shown(arguments)}");
            if (arguments[i] is "-o" or "-F" or "-i")
            {
                i++;
                AttackFailure.Unless(
                    arguments[i - 1] != "-o" || SshOption().IsMatch(arguments[i]),
                    $"'{arguments[i]}' is no option of ours: {Shown(arguments)}");
            }
        }

        AttackFailure.Unless(Destination().IsMatch(arguments[end + 1]), $"the host is '{arguments[end + 1]}'");
    }

    /// <summary>A POSIX shell reads the line as exactly these words.</summary>
    public static void Quoted(string line, IReadOnlyList<string> words) =>
        AttackFailure.Unless(ShellWords.Of(line).SequenceEqual(words), $"a shell reads other words of {line} than {Shown(words)}");

    /// <summary>Each field has its line, and there is no other.</summary>
    public static void StateYaml(string text)
    {
        string[] lines = text.TrimEnd('\n').Split('\n');
        AttackFailure.Unless(
            lines.Select(line => line.Split(':')[0]).SequenceEqual(StateKeys)
                && !text.Any(letter => char.IsControl(letter) && letter != '\n'),
            $"state.yaml has forged lines:\n{text}");
        var yaml = new YamlDotNet.RepresentationModel.YamlStream();
        yaml.Load(new StringReader(text));
        var map = (YamlDotNet.RepresentationModel.YamlMappingNode)yaml.Documents.Single().RootNode;
        AttackFailure.Unless(
            map.Children.All(pair => pair.Value is YamlDotNet.RepresentationModel.YamlScalarNode
                || pair.Key.ToString() == "node_ids"),
            $"state.yaml has forged values:\n{text}");
    }

    /// <summary>Each line is a host of ours with our words, or a group.</summary>
    public static void Inventory(string ini, IEnumerable<string> hosts, string group)
    {
        string[] expected = [.. hosts];
        string[] lines = ini.Split('\n');
        for (int i = 0; i < expected.Length; i++)
        {
            string[] words = [.. ShellWords.Of(lines[i])];
            AttackFailure.Unless(
                words.Length == 5 && words[0] == expected[i] && HostName().IsMatch(words[0])
                    && Address().IsMatch(words[1]) && words[1].StartsWith("ansible_host=", StringComparison.Ordinal)
                    && words[2].StartsWith("ansible_user=", StringComparison.Ordinal)
                    && words[4].StartsWith("ansible_ssh_common_args=", StringComparison.Ordinal),
                $"a forged line in the inventory: {lines[i]}");
        }

        AttackFailure.Unless(
            lines[expected.Length..].All(line => line.Length == 0 || line == $"[{group}]" || HostName().IsMatch(line)),
            $"a forged group in the inventory:\n{ini}");
    }

    /// <summary>Ansible takes every value for data.</summary>
    public static void Variables(string json)
    {
        using var document = JsonDocument.Parse(json);
        AttackFailure.Unless(IsData(document.RootElement, isMarked: false), $"Ansible would evaluate a value: {json}");
    }

    /// <summary>Below the folder, also once the path is resolved.</summary>
    public static void Below(string folder, string path) => AttackFailure.Unless(
        Path.GetFullPath(path).StartsWith($"{folder}/", StringComparison.Ordinal), $"{path} is not below {folder}");

    private static bool IsData(JsonElement value, bool isMarked) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().All(member => IsData(member.Value, member.Name == "__ansible_unsafe")),
        JsonValueKind.Array => value.EnumerateArray().All(item => IsData(item, isMarked: false)),
        JsonValueKind.String => isMarked || !Template().IsMatch(value.GetString()!),
        _ => true,
    };

    private static string Shown(IEnumerable<string> words) =>
        string.Join(' ', words.Select(word => JsonSerializer.Serialize(word)));

    [GeneratedRegex(@"\A[A-Za-z]+=[^\r\n\0]*\z")]
    private static partial Regex SshOption();

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_.-]*@[0-9a-fA-F:.]+\z")]
    private static partial Regex Destination();

    [GeneratedRegex(@"\Aansible_host=[0-9a-fA-F:.]+\z")]
    private static partial Regex Address();

    [GeneratedRegex(@"\A[\p{L}\p{N}_][\p{L}\p{N}_.-]*\z")]
    private static partial Regex HostName();

    [GeneratedRegex(@"\{\{|\{%|\{#")]
    private static partial Regex Template();
}
