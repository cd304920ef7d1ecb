using TfgridCompose.Core.Foundation.Files;

namespace TfgridCompose.Core.Records.Folders;

/// <summary>The files of one deployment. People know their names from the app's <c>.tfgrid-compose</c> link.</summary>
public sealed record DeploymentFolder(string Path)
{
    public const string TerraformStateName = "terraform.tfstate";
    public const string TerraformBackendName = "tfgrid_compose_backend.tf.json";

    public string Id => System.IO.Path.GetFileName(Path);

    public string Record => In("deployment.json");

    public string State => In("state.yaml");

    public string Journal => In("journal");

    /// <summary>Written by Terraform beside its state while it holds the state's lock.</summary>
    public string TerraformLockInfo => System.IO.Path.Combine(Terraform, ".terraform.tfstate.lock.info");

    public string Terraform => In("terraform");

    public string TerraformState => System.IO.Path.Combine(Terraform, TerraformStateName);

    /// <summary>
    /// The backend of Terraform's state if that is not in this folder. Patterns do not know about it.
    /// </summary>
    public string TerraformBackend => System.IO.Path.Combine(Terraform, TerraformBackendName);

    /// <summary>Backups of the last Terraform states.</summary>
    public string Backups => In("backups");

    public string Ansible => In("ansible");

    public string Inventory => In("inventory.ini");

    /// <summary>The Terraform folder that holds the record itself, if the record is shared.</summary>
    public string SharedRecord => In("record");

    public string KnownHosts => In("known_hosts");

    public string TerraformInitLog => In("terraform-init.log");

    public string TerraformPlanLog => In("terraform-plan.log");

    public string TerraformApplyLog => In("terraform-apply.log");

    public string AnsibleLog => In("ansible.log");

    public string Log => In("tfgrid-compose.log");

    public bool Exists => File.Exists(Record);

    public string HookLog(string hook) => In($"hook-{hook}.log");

    /// <summary>For an app that is installed on several hosts.</summary>
    public string HookLog(string hook, string host) => In($"hook-{hook}-{host}.log");

    public string PluginLog(string plugin) => In($"plugin-{plugin}.log");

    public string WireguardConfig(string interfaceName) => In($"{interfaceName}.conf");

    public void Create()
    {
        bool isNew = !Directory.Exists(Path);
        PrivateFile.CreateFolder(Path);
        PrivateFile.CreateFolder(Terraform);
        PrivateFile.CreateFolder(Ansible);
        if (isNew)
        {
            FolderSync.Around(Path);
        }
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
