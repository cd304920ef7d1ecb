using TfgridCompose.Core.Tools.Terraform.Source;

namespace TfgridCompose.Core.Tests.Tools.Terraform.Source;

public sealed class TerraformModuleTests
{
    [Test]
    public void Variables_and_outputs_are_found_whatever_stands_around_them()
    {
        var module = new TerraformModule(["""
            # variable "commented" {}
            // variable "too" {}
            /* variable "block" {
            } */
            variable "a" { type = string }
            variable b {
              type    = map(object({ name = string, default = number }))
              default = {}
            }
            locals {
              text    = "variable \"quoted\" { ${"}"} ${lookup({ x = "}" }, "x")} $${ \\"
              heredoc = <<-EOT
                variable "in_text" {}
                ${join("}", [])}
              EOT
            }
            output "o" {
              value = var.a
            }
            variable "c" {
              validation {
                condition     = var.c != "default"
                error_message = "no default = 1"
              }
            }
            """]);

        Assert.That(module.Variables, Is.EqualTo(new[] { "a", "b", "c" }));
        Assert.That(module.RequiredVariables, Is.EqualTo(new[] { "a", "c" }));
        Assert.That(module.Outputs, Is.EqualTo(new[] { "o" }));
    }

    [TestCase("""terraform { required_providers { grid = { source = "threefoldtech/grid", version = ">= 1" } } }""", "threefoldtech/grid")]
    [TestCase("""terraform { required_providers { g = { source = "registry.opentofu.org/threefoldtech/grid" } } } resource "g_x" "y" {}""", "threefoldtech/grid")]
    [TestCase("""terraform { required_providers { local = "~> 2.0" } }""", "hashicorp/local")]
    [TestCase("""data "http" "x" {}""", "hashicorp/http")]
    [TestCase("""provider "null" {}""", "hashicorp/null")]
    [TestCase("""resource "a_b" "c" { provider = other.alias }""", "hashicorp/other")]
    [TestCase("""resource "terraform_data" "x" {}""", "")]
    public void Providers_are_the_required_and_the_used_ones(string text, string expected)
    {
        Assert.That(string.Join(' ', new TerraformModule([text]).Providers), Is.EqualTo(expected));
    }

    // Terraform reports what is wrong with it; the reader must only come to its end.
    [TestCase("variable \"a\" {")]
    [TestCase("} variable \"a\" {}")]
    [TestCase("variable \"a\" {}\nx = \"${")]
    [TestCase("variable \"a\" {}\nx = <<EOT\nno end")]
    [TestCase("variable \"a\" {}\n/*")]
    [TestCase("variable \"a\" {}\nx = \"\\")]
    [TestCase("variable \"a\" {}\nx = <<")]
    public void Broken_files_are_read_to_their_end(string text) =>
        Assert.That(new TerraformModule([text]).Variables, Is.EqualTo(new[] { "a" }));
}
