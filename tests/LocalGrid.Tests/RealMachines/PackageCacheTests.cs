using System.Text.Json;

namespace TfgridCompose.LocalGrid.Tests.RealMachines;

/// <summary>Packages pass from one machine to the next only if the distribution has signed them, checked with the real gpgv.</summary>
[Category("Machines")]
public sealed class PackageCacheTests
{
    private const string Archives = "/var/cache/apt/archives";
    private const string Cache = "/var/lib/tfgrid-localgrid/cache/packages";

    private const string Machines = """
        resource "grid_network" "net" {
          name     = "PREFIXnet"
          nodes    = [2]
          ip_range = "RANGE"
        }
        resource "grid_deployment" "d" {
          for_each     = toset([NAMES])
          name         = each.key
          node         = 2
          network_name = grid_network.net.name
          vms {
            name   = each.key
            flist  = "https://hub.grid.tf/tf-official-apps/base:latest.flist"
            memory = 256
          }
        }
        """;

    // Two small packages without dependencies, of Debian and of Ubuntu.
    private const string Honest = "hello";
    private const string Exchanged = "sl";

    [Test]
    public void A_second_machine_installs_what_the_first_one_fetched_and_nothing_that_it_made_up()
    {
        using var lab = new TerraformLab(With("\"first\""));
        lab.Apply();
        Forget();
        string first = $"/var/lib/tfgrid-localgrid/machines/{Machine(lab, "first")}/root{Archives}";
        In(lab, "first", $"apt-get -q update && apt-get -q -y --download-only install {Honest} {Exchanged}");
        string honest = Path.GetFileName(Directory.GetFiles(first, $"{Honest}_*.deb").Single());
        string exchanged = Path.GetFileName(Directory.GetFiles(first, $"{Exchanged}_*.deb").Single());
        In(lab, "first", $"cd {Archives} && dd if=/dev/zero of={exchanged} bs=1 seek=100 count=8 conv=notrunc && chmod 4755 *.deb");

        lab.Configure(With("\"first\", \"second\""));
        lab.Apply();

        string second = $"/var/lib/tfgrid-localgrid/machines/{Machine(lab, "second")}/root{Archives}";
        Assert.That(Directory.GetFiles(Cache).Select(Path.GetFileName), Has.Member(honest).And.No.Member(exchanged));
        Assert.That(File.GetUnixFileMode(Path.Combine(second, honest)), Is.EqualTo((UnixFileMode)Convert.ToInt32("644", 8)));
        Assert.That(Path.Combine(second, exchanged), Does.Not.Exist);
        In(lab, "second", $"apt-get -q update && apt-get -q -y --no-download install {Honest} && {Honest}");
    }

    private static string With(string names) => Machines.Replace("NAMES", names, StringComparison.Ordinal);

    private static string Machine(TerraformLab lab, string name)
    {
        Dictionary<string, JsonElement> vms = lab.Vms();
        return vms[name].GetProperty("machine").GetString()!;
    }

    private static void In(TerraformLab lab, string name, string script) => Guest.Run(lab, Machine(lab, name), script);

    // Other tests may have fetched them before.
    private static void Forget()
    {
        foreach (string package in Directory.Exists(Cache) ? Directory.GetFiles(Cache) : [])
        {
            if (Path.GetFileName(package).StartsWith($"{Honest}_", StringComparison.Ordinal))
            {
                File.Delete(package);
            }
        }
    }
}
