using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TfgridCompose.Core.Foundation.Files;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tools.Ssh;
using TfgridCompose.Core.Tools.Variables;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tools.Ansible;

/// <summary>
/// The files that Ansible reads: inventory.ini with the hosts' connections, group_vars with the pattern's variables,
/// ansible.cfg.
/// </summary>
public static class AnsibleInventory
{
    private static readonly string[] Templates = ["{{", "{%", "{#"];

    public static void Write(DeploymentRecord record, DeploymentFolder folder, Inventory inventory)
    {
        PrivateFile.Write(folder.Inventory, Ini(record, folder, inventory));
        string variables = Path.Combine(folder.Ansible, "group_vars");
        PrivateFile.CreateFolder(variables);
        PrivateFile.Write(Path.Combine(variables, "all.json"), Variables(inventory.Variables));
        foreach (InventoryGroup group in inventory.Groups.Where(group => group.Variables.Count > 0))
        {
            PrivateFile.Write(Path.Combine(variables, $"{group.Name}.json"), Variables(group.Variables));
        }

        PrivateFile.Write(Path.Combine(folder.Ansible, "ansible.cfg"), Configuration(folder));
    }

    /// <summary>The text of <c>inventory.ini</c>.</summary>
    public static string Ini(DeploymentRecord record, DeploymentFolder folder, Inventory inventory)
    {
        var text = new StringBuilder();
        foreach (RecordedHost host in record.Hosts.Where(host => host.SshAddress is not null))
        {
            text.Append(HostLine(record, folder, host)).Append('\n');
        }

        foreach (InventoryGroup group in inventory.Groups)
        {
            text.Append("\n[").Append(group.Name).Append("]\n").AppendJoin('\n', group.Hosts).Append('\n');
        }

        return text.ToString();
    }

    private static string HostLine(DeploymentRecord record, DeploymentFolder folder, RecordedHost host)
    {
        var connection = SshConnection.To(record, folder, host.Name, host.SshAddress ?? "");
        return $"{host.Name} ansible_host={host.SshAddress} ansible_user={record.SshUser} "
            + "ansible_python_interpreter=/usr/bin/python3 "
            + $"ansible_ssh_common_args={ShellQuote.Word(ShellQuote.Words(connection.Options()))}";
    }

    // Pipelining saves a copy per task; facts are cached between runs; ssh_args is empty because the inventory sets
    // them all.
    private static string Configuration(DeploymentFolder folder) => $"""
        [defaults]
        host_key_checking = True
        retry_files_enabled = False
        nocows = True
        interpreter_python = /usr/bin/python3
        gathering = smart
        fact_caching = jsonfile
        fact_caching_connection = {Path.Combine(folder.Ansible, "facts")}
        fact_caching_timeout = 86400
        forks = 20
        timeout = 30

        [ssh_connection]
        pipelining = True
        ssh_args =

        """;

    /// <summary>
    /// Variables as Ansible reads them. Values are data: one that looks like a template is marked as unsafe, because
    /// Ansible would otherwise evaluate it on this machine, and a manifest may be a stranger's.
    /// https://docs.ansible.com/ansible/latest/playbook_guide/playbooks_advanced_syntax.html#unsafe-or-raw-strings
    /// </summary>
    public static string Variables(IReadOnlyDictionary<string, object?> variables)
    {
        string json = PatternValueJson.Of(variables);
        return Templates.Any(mark => json.Contains(mark, StringComparison.Ordinal))
            ? Marked(JsonNode.Parse(json))?.ToJsonString(PatternValueJson.Options) ?? json
            : json;
    }

    private static JsonNode? Marked(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key, Marked(pair.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Marked)]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String
            && Templates.Any(mark => value.GetValue<string>().Contains(mark, StringComparison.Ordinal)) =>
            new JsonObject { ["__ansible_unsafe"] = value.DeepClone() },
        _ => node?.DeepClone(),
    };
}
