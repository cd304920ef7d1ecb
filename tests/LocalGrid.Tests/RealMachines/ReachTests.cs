using System.Globalization;
using System.Net;
using System.Net.Sockets;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Machines;

namespace TfgridCompose.LocalGrid.Tests.RealMachines;

/// <summary>
/// What a machine reaches of this computer: nothing. The scan goes from a machine's network to every address that this
/// computer has, tunnel and private ranges included. Exclusive, because it gives the computer more addresses.
/// </summary>
[Category("Machines")]
[Category("Exclusive")]
public sealed class ReachTests
{
    private const string Machine = """
        resource "grid_network" "net" {
          name          = "PREFIXnet"
          nodes         = [1]
          ip_range      = "RANGE"
          add_wg_access = true
          mycelium_keys = { "1" = "9751c596c7c951aedad1a5f78f18b59515064adf660e0d55abead65e6fbbd629" }
        }
        resource "grid_deployment" "d" {
          node         = 1
          network_name = grid_network.net.name
          vms {
            name             = "one"
            flist            = "https://hub.grid.tf/tf-official-apps/base:latest.flist"
            memory           = 256
            mycelium_ip_seed = "010203040506"
          }
          vms {
            name     = "two"
            flist    = "https://hub.grid.tf/tf-official-apps/base:latest.flist"
            memory   = 256
            publicip = true
          }
        }
        output "two" { value = grid_deployment.d.vms[1] }
        output "wg" {
          value     = grid_network.net.access_wg_config
          sensitive = true
        }
        """;

    // One of each private and special range; on lo, as those of a container engine or a second interface.
    private static readonly string[] More =
    [
        "10.213.213.7", "172.16.213.7", "192.168.213.7", "169.254.213.7", "100.64.213.7", "198.19.213.7", "fd12:3456::7", "2001:db9::7",
    ];

    // Each computer has them for itself.
    private static readonly string[] NowhereElse = ["127.", "::1", "fe80:"];

    [Test]
    public void A_machine_reaches_no_address_of_this_computer_and_its_own_network_the_name_servers_and_public_addresses_as_before()
    {
        using var lab = new TerraformLab(Machine);
        lab.Apply();
        string one = lab.Vms()["one"].GetProperty("machine").GetString()!;
        string own = lab.Output("two").GetProperty("ip").GetString()!;
        string publicIp = lab.Output("two").GetProperty("computedip").GetString()!.Split('/')[0];
        string config = Path.Combine(lab.WorkingDirectory, $"{lab.Prefix}.conf");
        File.WriteAllText(config, lab.Output("wg").GetString()!.Replace(", 100.64.0.0/16", "", StringComparison.Ordinal));
        File.SetUnixFileMode(config, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        // The owner of a machine may add a way into the IPv6 internet; there is none by itself.
        lab.Run("ip", ["-n", one, "route", "add", "default", "via", "fe80::1", "dev", "eth0"]);
        using var listener = new TcpListener(IPAddress.IPv6Any, 0);
        listener.Server.DualMode = true;
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        lab.Run("wg-quick", ["up", config]);
        try
        {
            More.ToList().ForEach(address => lab.Run("ip", ["addr", "add", WithLength(address), "dev", "lo"]));
            string[] addresses = Addresses(lab);
            Assert.That(addresses, Is.SupersetOf(More).And.Member("198.18.0.1").And.Some.StartsWith("100.64."));
            Assert.That(Reached("", addresses, port), Is.EquivalentTo(addresses), "the listener answers at all of them");

            Assert.That(Reached(one, addresses, port), Is.Empty);
            Assert.That(Reached(one, [own, publicIp], 22), Is.EquivalentTo(new[] { own, publicIp }), "other machines");
            Assert.That(Reach.SshBanner(own), Is.EqualTo("SSH-"), "this computer reaches it through the tunnel");
            Assert.That(
                lab.Try("ip", ["netns", "exec", one, "getent", "ahostsv4", MirrorName()]).ExitCode,
                Is.Zero,
                "the name servers answer");

            lab.Run("nft", ["add", "element", "inet", "tfl", "open", $"{{ tcp . {port} }}"]);
            foreach (string node in lab.Run("ip", ["netns", "list"]).Split('\n').Select(line => line.Split(' ')[0])
                .Where(name => name.StartsWith("tfl-n", StringComparison.Ordinal)))
            {
                lab.Run("ip", ["netns", "exec", node, "nft", "add", "element", "inet", "tfl", "open", $"{{ tcp . {port} }}"]);
            }

            const string Changed = "PREFIXnet\"\n  description = \"loads the rules again\"";
            lab.Configure(Machine.Replace("PREFIXnet\"", Changed, StringComparison.Ordinal));
            lab.Apply();
            Assert.That(Reached(one, addresses, port), Is.EqualTo(new[] { "198.18.0.1" }), "what is opened, at one address");
        }
        finally
        {
            More.ToList().ForEach(address => lab.Try("ip", ["addr", "del", WithLength(address), "dev", "lo"]));
            lab.Try("wg-quick", ["down", config]);
            lab.Try("nft", ["delete", "element", "inet", "tfl", "open", $"{{ tcp . {port} }}"]);
        }
    }

    // A link-local address means nothing without its interface.
    private static string[] Addresses(TerraformLab lab) =>
    [
        .. lab.Run("ip", ["-o", "addr", "show"]).Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length > 3)
            .Select(words => words[3].Split('/')[0])
            .Where(address => !NowhereElse.Any(start => address.StartsWith(start, StringComparison.Ordinal)))
            .Distinct(),
    ];

    // All at once, each for a second.
    private static string[] Reached(string networkNamespace, IEnumerable<string> addresses, int port)
    {
        string script = string.Create(
            CultureInfo.InvariantCulture,
            $"for a in \"$@\"; do (timeout 1 bash -c \"</dev/tcp/$a/{port}\" 2>/dev/null && echo \"$a\") & done; wait");
        string[] command = ["bash", "-c", script, "scan", .. addresses];
        string[] all = networkNamespace.Length == 0 ? command : ["ip", "netns", "exec", networkNamespace, .. command];
        return Computer.This.Tools.Try(all).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string WithLength(string address) => address.Contains(':') ? $"{address}/128" : $"{address}/32";

    // A name that this computer can resolve: that of a mirror of its packages.
    private static string MirrorName() => ImageRecipe.SourcesOf(Computer.This).SelectMany(File.ReadLines)
        .Where(line => !line.StartsWith('#')).SelectMany(line => line.Split(' '))
        .First(word => word.StartsWith("http", StringComparison.Ordinal) && Uri.IsWellFormedUriString(word, UriKind.Absolute))
        .Split('/')[2];
}
