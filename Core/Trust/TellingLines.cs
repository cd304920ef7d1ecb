using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Plugins.Loading;

namespace TfgridCompose.Core.Trust;

/// <summary>
/// The lines of code that most likely act on the computer where Ansible and Terraform run, for a person to look at. They are
/// found by words alone: code that hides is not found, but the user is asked about it all the same.
/// </summary>
internal static partial class TellingLines
{
    private const int Longest = 100;

    private static readonly string[] AnsibleWords =
    [
        "hosts:", "delegate_to", "local_action", "connection:", "ansible_connection", "lookup(", "query(", "q(", "with_pipe", "with_lines",
        "localhost", "127.0.0.1", "add_host", "../",
    ];

    // These say most plainly that something acts here.
    private static readonly string[] StrongWords =
        ["pipe", "local_action", "delegate_to", "connection:", "provisioner", "local-exec", "external"];

    private static readonly string[] TerraformWords =
        ["provisioner", "local-exec", "external", "\"http\"", "\"local_", "source", "backend \"", "cloud {"];

    // Beside a playbook or in a role, Ansible loads Python from these:
    // https://docs.ansible.com/ansible/latest/dev_guide/developing_locally.html
    private static readonly HashSet<string> PluginFolders =
    [
        "library", "module_utils", "action_plugins", "become_plugins", "cache_plugins", "callback_plugins", "cliconf_plugins",
        "connection_plugins", "doc_fragments", "filter_plugins", "httpapi_plugins", "inventory_plugins", "lookup_plugins",
        "netconf_plugins", "shell_plugins", "strategy_plugins", "terminal_plugins", "test_plugins", "vars_plugins", "collections",
    ];

    public static IEnumerable<string> OfAnsible(string path, string text) => LinesWith(path, text, AnsibleWords);

    public static IEnumerable<string> OfAnsiblePlugins(IEnumerable<string> paths) => paths
        .Where(path => path.Split('/')[..^1].Any(PluginFolders.Contains))
        .Select(path => Short($"{path}: Ansible may load it here"));

    public static IEnumerable<string> OfPattern(OwnPatternFile file) => Path.GetExtension(file.Path) switch
    {
        ".tf" => LinesWith(file.Path, Encoding.UTF8.GetString(file.Content), TerraformWords),
        ".json" when file.Path.EndsWith(".tf.json", StringComparison.Ordinal) => [Short($"{file.Path}: Terraform in JSON")],
        ".yml" or ".yaml" when file.Path.Contains('/') =>
            LinesWith(file.Path, Encoding.UTF8.GetString(file.Content), AnsibleWords),
        ".dll" => [Short($"{file.Path}: an assembly, loaded into tfgrid-compose")],
        _ => [],
    };

    /// <summary>An argument of a backend, uncut: it may name a program. A nested one has a line for each value.</summary>
    public static IEnumerable<string> OfArgument(string name, JsonNode? value) => value switch
    {
        JsonObject { Count: > 0 } members => members.SelectMany(member => OfArgument($"{name}.{member.Key}", member.Value)),
        _ => [PlainText.Line(WideGap().Replace($"{name}: {value?.ToJsonString()}", " "))],
    };

    /// <summary>The lines with the lowest rank are shown first, in case not all can be.</summary>
    public static int Rank(string line) => StrongWords.Any(word => line.Contains(word, StringComparison.Ordinal)) ? 0 : 1;

    /// <summary>On one line that fits a terminal.</summary>
    public static string Short(string line)
    {
        string narrow = WideGap().Replace(line, " ");
        return PlainText.Of(narrow.Length > Longest ? string.Concat(narrow.AsSpan(0, Longest - 3), "...") : narrow);
    }

    // White space must not push what follows out of sight.
    [GeneratedRegex(@"\s{3,}")]
    private static partial Regex WideGap();

    private static IEnumerable<string> LinesWith(string path, string text, string[] words)
    {
        int number = 0;
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            if (!line.TrimStart().StartsWith('#') && words.Any(word => line.Contains(word, StringComparison.Ordinal)))
            {
                yield return Short(string.Create(CultureInfo.InvariantCulture, $"{path}:{number}  {line.Trim()}"));
            }
        }
    }
}
