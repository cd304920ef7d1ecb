using System.Text;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Schemas;

namespace TfgridCompose.LocalGrid.Control;

/// <summary>
/// A filesystem mirror with a constant script in place of the provider. Terraform's lock file has the hash of what is in the
/// mirror, and every run checks it: a script that never changes keeps old deployments working with new builds.
/// </summary>
internal static class ProviderMirror
{
    private const string Wrapper =
        """
        #!/bin/sh
        exec "${TFGRID_LOCALGRID:-/var/lib/tfgrid-localgrid/bin/tfgrid-localgrid}" "$@"

        """;

    private static readonly string[] Registries = ["registry.terraform.io", "registry.opentofu.org"];
    private static readonly string[] Platforms = ["linux_amd64", "linux_arm64"];

    private static string FileName => $"terraform-provider-grid_v{GridSchemas.ProviderVersion}";

    public static void Write(string mirror)
    {
        foreach (string file in Files(mirror))
        {
            if (File.Exists(file) && File.ReadAllText(file) == Wrapper)
            {
                continue;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(file) ?? mirror);
            WriteScript(file, mirror);
        }
    }

    public static IEnumerable<string> Files(string mirror) =>
        from registry in Registries
        from platform in Platforms
        select Path.Combine(mirror, registry, "threefoldtech", "grid", GridSchemas.ProviderVersion, platform, FileName);

    // The temporary file is outside the package: every file in the package is part of the hash.
    private static void WriteScript(string file, string mirror)
    {
        string temporary = Path.Combine(mirror, $".provider.{Environment.ProcessId}");
        AtomicFile.Write(temporary, Encoding.UTF8.GetBytes(Wrapper), AtomicFile.Executable);
        File.Move(temporary, file, overwrite: true);
    }
}
