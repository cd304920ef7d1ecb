using NUnit.Framework;

namespace TfgridCompose.LocalGrid.Tests.RealMachines;

/// <summary>Real Terraform, no machine.</summary>
[Category("Machines")]
public sealed class DiagnosticTests
{
    [Test]
    public void What_is_not_simulated_is_named_with_its_source_line()
    {
        using var lab = new TerraformLab("""
            resource "grid_deployment" "d" {
              node         = 1
              network_name = "n"
              vms {
                name      = "one"
                flist     = "https://hub.grid.tf/x.flist"
                memory    = 512
                planetary = true
              }
            }
            resource "grid_name_proxy" "p" {
              name     = "p"
              node     = 1
              backends = ["http://10.1.2.2"]
            }
            """);

        (int exitCode, string output) = lab.TryTerraform("validate");

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(output, Does.Contain("planetary = true").And.Contain("not simulated by the local grid yet: planetary"));
        Assert.That(output, Does.Contain("resource \"grid_name_proxy\" \"p\"").And.Contain("on main.tf line"));
    }
}
