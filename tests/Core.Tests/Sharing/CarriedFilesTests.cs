using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Sharing.Payloads;
using TfgridCompose.Core.Tests.Records.Deployments;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Tests.Sharing;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CarriedFilesTests : IDisposable
{
    private readonly TestHome _home = new();

    public void Dispose() => _home.Dispose();

    [Test]
    public void What_tools_work_from_travels_and_no_state_or_backend()
    {
        DeploymentFolder folder = Filled("from");

        Assert.That(CarriedFiles.Of(folder).Select(file => file.Path), Is.EqualTo(
            [
                "known_hosts",
                "wg-grid.conf",
                "inventory.ini",
                "terraform/main.tf",
                "terraform/modules/a/x.tf",
                "terraform/terraform.tfvars.json",
                "ansible/roles/run.sh",
                "ansible/site.yml",
            ]));
    }

    [Test]
    public void They_arrive_with_this_machines_paths_and_modes_and_stale_sources_go()
    {
        DeploymentFolder from = Filled("from");
        var to = new DeploymentFolder(_home.Folder("to"));
        to.Create();
        File.WriteAllText(Path.Combine(to.Terraform, "old.tf"), "gone");
        File.WriteAllText(Path.Combine(to.Terraform, BackendFile.Name), "ours");

        CarriedFiles.WriteTo(
            to,
            new SharedPayload { Files = CarriedFiles.Of(from), Origin = new SharedOrigin(from.Path, "/ann/key") },
            "/bob/key");

        Assert.That(File.ReadAllText(to.Inventory), Is.EqualTo($"vm {to.KnownHosts} -i /bob/key\n"));
        Assert.That(File.Exists(Path.Combine(to.Terraform, "old.tf")), Is.False);
        Assert.That(File.ReadAllText(Path.Combine(to.Terraform, BackendFile.Name)), Is.EqualTo("ours"));
        Assert.That(File.GetUnixFileMode(Path.Combine(to.Ansible, "roles", "run.sh")).HasFlag(UnixFileMode.UserExecute));
        Assert.That(File.GetUnixFileMode(to.KnownHosts), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [TestCase("../x")]
    [TestCase("terraform/../../x")]
    [TestCase("/etc/passwd")]
    [TestCase("deployment.json")]
    [TestCase("terraform/terraform.tfstate")]
    [TestCase("terraform/.terraform/providers/x")]
    [TestCase("terraform/tfgrid_compose_backend.tf.json")]
    [TestCase("terraform//x")]
    [TestCase("")]
    public void A_path_that_leaves_its_place_is_passed_over(string path)
    {
        var to = new DeploymentFolder(_home.Folder("to"));

        CarriedFiles.WriteTo(to, new SharedPayload { Files = [new SharedFile(path, "x")] }, null);

        Assert.That(Directory.EnumerateFiles(_home.Root, "*", SearchOption.AllDirectories), Is.Empty);
    }

    private DeploymentFolder Filled(string name)
    {
        var folder = new DeploymentFolder(_home.Folder(name));
        folder.Create();
        foreach ((string path, string text) in new[]
        {
            (
                "known_hosts",
                "vm ssh-ed25519 AAA\n"), ("wg-grid.conf", "[Interface]\n"), ("inventory.ini", $"vm {folder.KnownHosts} -i /ann/key\n"),
            ("deployment.json", "{}"), ("journal", ""), ("wg0.conf", ""), ("terraform/main.tf", ""), ("terraform/modules/a/x.tf", ""),
            ("terraform/terraform.tfvars.json", "{}"), ("terraform/terraform.tfstate", "{}"), ("terraform/terraform.tfstate.backup", "{}"),
            (
                "terraform/.terraform/x",
                ""), ("terraform/.terraform.lock.hcl", ""), ("terraform/tfplan", ""), ($"terraform/{BackendFile.Name}", "{}"),
            (
                "terraform/tfgrid_compose_encryption.tofu",
                "secret"), ("ansible/site.yml", ""), ("ansible/roles/run.sh", ""), ("ansible/facts/vm", ""),
        })
        {
            string full = Path.Combine(folder.Path, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, text);
        }

        return folder;
    }
}
