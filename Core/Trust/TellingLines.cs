using System.Globalization;
using System.Text;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Plugins.Loading;

namespace TfgridCompose.Core.Trust;

/// <summary>
/// The lines of code that most likely act on the computer where Ansible and Terraform run, for a person to look at. Words are
/// looked for, no more: code that hides is not found, and is asked about all the same.
/// </summary>
internal static class TellingLines
{
    private const int Longest = 100;

    private static readonly string[] AnsibleWords =
    [
        "hosts:", "delegate_to", "local_action", "connection:", "ansible_connection", "lookup(", "query(", "q(", "with_pipe", "with_lines",
        "localhost", "127.0.0.1", "add_host", "../",
    ];

    private static readonly string[] TerraformWords =
        ["provisioner", "local-exec", "\"external\"", "\"http\"", "\"local_", "source", "backend \"", "cloud {"];

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

    /// <summary>On one line that fits a terminal.</summary>
    public static string Short(string line) =>
        PlainText.Of(line.Length > Longest ? string.Concat(line.AsSpan(0, Longest - 3), "...") : line);

    private static IEnumerable<string> LinesWith(string path, string text, string[] words)
    {
        int number = 0;
        foreach (string line in text.Split('\n'))
        {
            number++;
            if (!line.TrimStart().StartsWith('#') && words.Any(word => line.Contains(word, StringComparison.Ordinal)))
            {
                yield return Short(string.Create(CultureInfo.InvariantCulture, $"{path}:{number}  {line.Trim()}"));
            }
        }
    }
}
