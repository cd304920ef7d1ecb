using System.Text;
using TfgridCompose.LocalGrid.Schemas;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Control;

/// <summary>
/// A filesystem mirror with a constant script in place of the provider. Terraform's lock file keeps the hash of what is in
/// the mirror, and checks it at every run: a script that never changes keeps old deployments working with new builds.
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

    public static void Write(string mirror)
    {
        foreach (var file in Files(mirror))
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
        select Path.Combine(
            mirror,
            registry,
            "threefoldtech",
            "grid",
            GridSchemas.ProviderVersion,
            platform,
            $"terraform-provider-grid_v{GridSchemas.ProviderVersion}");

    // The temporary file is outside of the package: everything in it counts for the hash.
    private static void WriteScript(string file, string mirror)
    {
        var temporary = Path.Combine(mirror, $".provider.{Environment.ProcessId}");
        AtomicFile.Write(temporary, Encoding.UTF8.GetBytes(Wrapper), AtomicFile.Executable);
        File.Move(temporary, file, overwrite: true);
    }
}
