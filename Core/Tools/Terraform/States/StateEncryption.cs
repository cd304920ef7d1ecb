using System.Security.Cryptography;
using System.Text;

namespace TfgridCompose.Core.Tools.Terraform.States;

/// <summary>
/// OpenTofu's encryption of state and plans. It is set in a .tofu file, which Terraform and OpenTofu before 1.8 ignore,
/// so that a plain <c>tofu output</c> works in the folder. https://opentofu.org/docs/language/state/encryption/
/// </summary>
public static class StateEncryption
{
    public const string FileName = "tfgrid_compose_encryption.tofu";

    // OpenTofu's minimum. The passphrase is a full key already, so stretching adds nothing.
    private const int Iterations = 200_000;
    private const int KeyBytes = 32;

    /// <summary>The deployment's own passphrase, derived from its seed.</summary>
    public static string PassphraseOf(string seed) => Convert.ToHexStringLower(
        HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            Convert.FromHexString(seed),
            KeyBytes,
            info: Encoding.UTF8.GetBytes("tfgrid-compose state encryption")));

    /// <summary>The file's text. An existing plain state is read and then written encrypted.</summary>
    /// <param name="passphrase">At least 16 characters.</param>
    public static string Text(string passphrase)
    {
        IEnumerable<string> lines =
            Block(passphrase).TrimEnd('\n').Split('\n').Select(line => line.Length == 0 ? "" : $"    {line}");
        return $"terraform {{\n  encryption {{\n{string.Join('\n', lines)}\n  }}\n}}\n";
    }

    /// <summary>The content of the block, for the environment variable TF_ENCRYPTION.</summary>
    /// <param name="passphrase">At least 16 characters.</param>
    public static string Block(string passphrase) => $$"""
        key_provider "pbkdf2" "tfgrid_compose" {
          passphrase = {{Quoted(passphrase)}}
          iterations = {{Iterations}}
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

        """;

    // HCL's quoting; ${ and %{ would start a template.
    private static string Quoted(string text) => "\"" + text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("${", "$${", StringComparison.Ordinal)
        .Replace("%{", "%%{", StringComparison.Ordinal) + "\"";
}
