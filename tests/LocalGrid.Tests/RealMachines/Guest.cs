using System.Globalization;

namespace TfgridCompose.LocalGrid.Tests.RealMachines;

/// <summary>The inside of a machine, without ssh.</summary>
internal static class Guest
{
    private const string Path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static readonly TimeSpan BootLimit = TimeSpan.FromSeconds(30);

    /// <summary>As root in the machine, with its files, network and processes. Waits until the machine has booted so far.</summary>
    public static string Run(TerraformLab lab, string machine, string script)
    {
        int? process = null;
        for (DateTime end = DateTime.UtcNow + BootLimit; (process = Process(machine)) is null && DateTime.UtcNow < end; Thread.Sleep(50))
        {
            // Not yet.
        }

        return lab.Run(
            "nsenter",
            [
                "--target", $"{process}", "--mount", "--net", "--pid", "--uts", "--ipc",
                // Not this process's variables: TMPDIR, for example, names a folder of this computer.
                "env", "--ignore-environment", "HOME=/root", $"PATH={Path}", "sh", "-c", script,
            ]);
    }

    // Any process of the guest is in its namespaces but the supervisor's shell and nspawn itself.
    private static int? Process(string machine) => Directory.EnumerateDirectories("/proc")
        .Where(path => int.TryParse(System.IO.Path.GetFileName(path), out _)
            && Read($"{path}/cgroup").Contains($"/{machine}/", StringComparison.Ordinal)
            && Read($"{path}/comm").StartsWith("systemd-journal", StringComparison.Ordinal))
        .Select(path => (int?)int.Parse(System.IO.Path.GetFileName(path), CultureInfo.InvariantCulture)).FirstOrDefault();

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
