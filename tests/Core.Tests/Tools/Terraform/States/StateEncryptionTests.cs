using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Tests.Tools.Terraform.States;

/// <summary>OpenTofu itself is not at hand here: the text is compared with its documentation's form.</summary>
public sealed class StateEncryptionTests
{
    [Test]
    public void The_file_has_the_form_of_OpenTofus_documentation() => Assert.That(StateEncryption.Text("0123456789abcdef"), Is.EqualTo("""
        terraform {
          encryption {
            key_provider "pbkdf2" "tfgrid_compose" {
              passphrase = "0123456789abcdef"
              iterations = 200000
            }

            method "aes_gcm" "tfgrid_compose" {
              keys = key_provider.pbkdf2.tfgrid_compose
            }

            method "unencrypted" "before" {}

            state {
              method = method.aes_gcm.tfgrid_compose

              fallback {
                method = method.unencrypted.before
              }
            }

            plan {
              method = method.aes_gcm.tfgrid_compose
            }
          }
        }

        """));

    [Test]
    public void A_passphrase_stays_what_it_is() =>
        Assert.That(StateEncryption.Block("a\"b\\c${d}%{e}"), Does.Contain("passphrase = \"a\\\"b\\\\c$${d}%%{e}\"\n"));

    [Test]
    public void The_deployments_passphrase_follows_from_its_seed_and_does_not_show_it()
    {
        string seed = new('a', 64);

        Assert.That(StateEncryption.PassphraseOf(seed), Has.Length.EqualTo(64).And.Match("^[0-9a-f]+$").And.Not.EqualTo(seed));
        Assert.That(
            StateEncryption.PassphraseOf(seed),
            Is.EqualTo(StateEncryption.PassphraseOf(seed)).And.Not.EqualTo(StateEncryption.PassphraseOf(new string('b', 64))));
    }
}
