using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Tools.Ansible;

/// <summary>What Ansible finds in its environment: the deployment's configuration, and output that can be read.</summary>
internal static class AnsibleEnvironment
{
    public static IReadOnlyDictionary<string, string?> For(DeploymentFolder folder) => new Dictionary<string, string?>
    {
        ["ANSIBLE_CONFIG"] = Path.Combine(folder.Ansible, "ansible.cfg"),
        ["ANSIBLE_NOCOLOR"] = "1",
        ["ANSIBLE_FORCE_COLOR"] = null,
        ["ANSIBLE_STDOUT_CALLBACK"] = null,
        ["PYTHONUNBUFFERED"] = "1",
    };
}
