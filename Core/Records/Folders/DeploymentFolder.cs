using TfgridCompose.Core.Foundation.Files;

namespace TfgridCompose.Core.Records.Folders;

/// <summary>The files of one deployment. Names are the ones that people know from the app's <c>.tfgrid-compose</c> link.</summary>
public sealed record DeploymentFolder(string Path)
{
    public const string TerraformStateName = "terraform.tfstate";
    public const string TerraformBackendName = "tfgrid_compose_backend.tf.json";

    public string Id => System.IO.Path.GetFileName(Path);

    public string Record => In("deployment.json");

    public string State => In("state.yaml");

    public string Journal => In("journal");

    /// <summary>What Terraform writes beside its state while it works there.</summary>
    public string TerraformLockInfo => System.IO.Path.Combine(Terraform, ".terraform.tfstate.lock.info");

    public string Terraform => In("terraform");

    public string TerraformState => System.IO.Path.Combine(Terraform, TerraformStateName);

    /// <summary>Says where Terraform's state is, where that is not here. No pattern knows of it.</summary>
    public string TerraformBackend => System.IO.Path.Combine(Terraform, TerraformBackendName);

    /// <summary>The last Terraform states.</summary>
    public string Backups => In("backups");

    public string Ansible => In("ansible");

    public string Inventory => In("inventory.ini");

    /// <summary>The record's own small Terraform state, where it is shared.</summary>
    public string SharedRecord => In("record");

    public string KnownHosts => In("known_hosts");

    public string TerraformInitLog => In("terraform-init.log");

    public string TerraformPlanLog => In("terraform-plan.log");

    public string TerraformApplyLog => In("terraform-apply.log");

    public string AnsibleLog => In("ansible.log");

    public string Log => In("tfgrid-compose.log");

    public bool Exists => File.Exists(Record);

    public string HookLog(string hook) => In($"hook-{hook}.log");

    /// <summary>Where several hosts carry the app.</summary>
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
