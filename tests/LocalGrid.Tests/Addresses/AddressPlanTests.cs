using System.Net;
using NUnit.Framework;
using TfgridCompose.LocalGrid.Addresses;
using TfgridCompose.LocalGrid.Foundation;

namespace TfgridCompose.LocalGrid.Tests.Addresses;

public sealed class AddressPlanTests
{
    private const string Key = "9751c596c7c951aedad1a5f78f18b59515064adf660e0d55abead65e6fbbd627";

    [Test]
    public void Subnets_are_given_from_2_on() =>
        Assert.That(AddressPlan.FreeSubnet("10.1.0.0/16", ["10.1.2.0/24", "10.1.3.0/24"]), Is.EqualTo("10.1.4.0/24"));

    [Test]
    public void The_address_of_a_removed_host_is_free_again() =>
        Assert.That(AddressPlan.FreeHost("10.1.2.0/24", ["10.1.2.2", "10.1.2.4"]), Is.EqualTo("10.1.2.3"));

    [Test]
    public void A_full_subnet_is_an_error() =>
        Assert.That(
            () => AddressPlan.FreeHost("10.1.2.0/24", Enumerable.Range(1, 254).Select(i => $"10.1.2.{i}")),
            Throws.TypeOf<GridException>());

    [TestCase("10.1.2.9", true)]
    [TestCase("10.1.2.1", false)]
    [TestCase("10.1.2.255", false)]
    [TestCase("10.1.3.9", false)]
    public void A_host_lies_between_the_node_and_the_broadcast(string ip, bool expected) =>
        Assert.That(AddressPlan.IsHostOf("10.1.2.0/24", ip), Is.EqualTo(expected));

    [Test]
    public void The_user_speaks_from_the_address_of_their_subnet() =>
        Assert.That(AddressPlan.AccessAddress("10.20.4.0/24"), Is.EqualTo("100.64.20.4"));

    [Test]
    public void A_mycelium_address_is_prefix_then_ff0f_then_seed()
    {
        string prefix = AddressPlan.MyceliumPrefix(Key);

        string address = AddressPlan.MyceliumAddress(prefix, "f38bd69b8f19");

        Assert.That(address, Does.StartWith(prefix + ":").And.EndWith(":ff0f:f38b:d69b:8f19"));
        Assert.That(IPNetwork.Parse("400::/7").Contains(IPAddress.Parse(address)));
    }

    [Test]
    public void The_same_key_gives_the_same_prefix_and_another_key_another()
    {
        string other = "0" + Key[1..];
        Assert.That(
            AddressPlan.MyceliumPrefix(Key),
            Is.EqualTo(AddressPlan.MyceliumPrefix(Key)).And.Not.EqualTo(AddressPlan.MyceliumPrefix(other)));
    }

    [Test]
    public void A_range_is_brought_to_its_network() =>
        Assert.That(AddressPlan.NormaliseRange("10.7.3.1/16"), Is.EqualTo("10.7.0.0/16"));

    [Test]
    public void Fabric_addresses_keep_clear_of_the_host_and_of_each_other()
    {
        var addresses = new[] { 1, 254, 255, 256, 60000 }.Select(FabricAddress.Of).ToList();

        Assert.That(addresses, Is.EqualTo(new[] { "198.18.0.2", "198.18.0.255", "198.18.1.0", "198.18.1.1", "198.18.234.97" }));
    }

    [Test]
    public void A_full_range_is_an_error() => Assert.That(
        () => AddressPlan.FreeSubnet("10.1.0.0/16", Enumerable.Range(2, 253).Select(i => $"10.1.{i}.0/24")),
        Throws.TypeOf<GridException>().With.Message.EqualTo("no /24 is left in 10.1.0.0/16"));

    [Test]
    public void The_last_range_and_the_last_host_are_254()
    {
        Assert.That(
            AddressPlan.FreeSubnet("10.1.0.0/16", Enumerable.Range(2, 252).Select(i => $"10.1.{i}.0/24")),
            Is.EqualTo("10.1.254.0/24"));
        Assert.That(AddressPlan.FreeHost("10.1.2.0/24", Enumerable.Range(2, 252).Select(i => $"10.1.2.{i}")), Is.EqualTo("10.1.2.254"));
    }

    [TestCase("10.1.2.254", true)]
    [TestCase("10.1.2.2", true)]
    [TestCase("10.1.2.02", true)]
    [TestCase("10.1.2.x", false)]
    [TestCase("10.1.2", false)]
    public void A_host_is_a_number_in_the_range(string ip, bool expected) =>
        Assert.That(AddressPlan.IsHostOf("10.1.2.0/24", ip), Is.EqualTo(expected));

    [Test]
    public void A_mycelium_prefix_is_the_keys_hash_in_400_7()
    {
        Assert.That(AddressPlan.MyceliumPrefix(Key), Is.EqualTo("50d:904c:8669:fee1"));
        Assert.That(AddressPlan.MyceliumSubnet("5a1:1:1:1"), Is.EqualTo("5a1:1:1:1::/64"));
    }

    [TestCase(1, "fd54:4647:1::2")]
    [TestCase(255, "fd54:4647:1::100")]
    public void Fabric_addresses_of_IPv6_follow_from_the_number(int index, string expected) =>
        Assert.That(FabricAddress.Of6(index), Is.EqualTo(expected));

    [Test]
    public void A_hardware_address_follows_from_the_address() =>
        Assert.That(MacAddress.Of("10.1.2.254"), Is.EqualTo("02:01:0a:01:02:fe"));
}
