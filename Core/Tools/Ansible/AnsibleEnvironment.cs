using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Tools.Ansible;

/// <summary>Ansible's environment variables: the deployment's configuration and plain output.</summary>
internal static class AnsibleEnvironment
{
    public static IReadOnlyDictionary<string, string?> For(DeploymentFolder folder) => new Dictionary<string, string?>
    {
        ["ANSIBLE_CONFIG"] = Path.Combine(folder.Ansible, "ansible.cfg"),
        ["ANSIBLE_NOCOLOR"] = "1",
        ["PYTHONUNBUFFERED"] = "1",
    };
}
