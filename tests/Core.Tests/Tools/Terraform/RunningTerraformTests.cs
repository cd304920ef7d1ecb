using System.Diagnostics;
using TfgridCompose.Core.Tests.Records.Deployments;
using TfgridCompose.Core.Tools.Terraform;

namespace TfgridCompose.Core.Tests.Tools.Terraform;

public sealed class RunningTerraformTests
{
    [TestCase("terraform (1.9)", true)]
    [TestCase("tofu", true)]
    [TestCase("my terraform", false)]
    public void A_process_is_known_by_its_name(string name, bool isOne)
    {
        using var home = new TestHome();
        string program = Path.Combine(home.Root, name);
        File.Copy("/bin/sleep", program);
        using var running = Process.Start(program, "60");
        try
        {
            Assert.That(RunningTerraform.IsOne($"/proc/{running.Id}"), Is.EqualTo(isOne));
            Assert.That(RunningTerraform.IsAny(), Is.True.Or.EqualTo(isOne));
        }
        finally
        {
            running.Kill();
            running.WaitForExit();
        }
    }
}
