using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tests.Records.Deployments;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Tests.Tools.Terraform.States;

public sealed class TerraformStateTests
{
    [Test]
    public void An_empty_file_which_a_killed_Terraform_leaves_is_no_state()
    {
        using var home = new TestHome();
        DeploymentFolder folder = home.Home.Deployment("abc123xyz");
        folder.Create();
        File.WriteAllText(Path.Combine(folder.Terraform, "terraform.tfstate"), "");

        Assert.That(TerraformState.Resources(folder), Is.Empty);
        Assert.That(TerraformState.HasMachines(folder), Is.False);
    }
}
