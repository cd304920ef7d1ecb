namespace TfgridCompose.LocalGrid.Tests.RealMachines;

/// <summary>The user's tunnel into a lab's network, from its output <c>wg</c>.</summary>
internal static class Tunnel
{
    /// <summary>The host has no route of its own to 10.x: an answer from there came through the tunnel.</summary>
    public static void AssertReaches(TerraformLab lab, params string[] addresses)
    {
        string config = Path.Combine(lab.WorkingDirectory, $"{lab.Prefix}.conf");
        File.WriteAllText(config, lab.Output("wg").GetString()!.Replace(", 100.64.0.0/16", "", StringComparison.Ordinal));
        File.SetUnixFileMode(config, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        lab.Run("wg-quick", ["up", config]);
        try
        {
            Assert.That(addresses.Select(address => Reach.SshBanner(address)), Is.All.EqualTo("SSH-"));
        }
        finally
        {
            lab.Run("wg-quick", ["down", config]);
        }
    }
}
