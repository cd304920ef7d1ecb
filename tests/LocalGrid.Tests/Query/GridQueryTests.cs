using System.Text.Json;
using NUnit.Framework;
using TfgridCompose.LocalGrid.Query;
using TfgridCompose.LocalGrid.Tests.Support;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Tests.Query;

public sealed class GridQueryTests
{
    [TestCase("/nodes", "1,2,3,4,5,6,7,8")]
    [TestCase("/nodes?status=up,standby&healthy=true", "1,2,3,4,5,6,7,8")]
    [TestCase("/nodes?status=down", "")]
    [TestCase("/nodes?free_mru=42949672960", "4,7")]
    [TestCase("/nodes?total_cru=9&free_sru=1", "4,7")]
    [TestCase("/nodes?farm_ids=2,3", "5,6,7,8")]
    [TestCase("/nodes?country=austria&excluded=5,6", "7,8")]
    [TestCase("/nodes?free_ips=9", "1,2,3,4")]
    [TestCase("/nodes?features=zmachine,network&available_for=1&node_ids=1,8", "1,8")]
    [TestCase("/nodes?features=zmachine-light", "")]
    [TestCase("/nodes?node_id=3", "3")]
    [TestCase("/nodes?size=3&page=2", "4,5,6")]
    [TestCase("/nodes?healthy=", "1,2,3,4,5,6,7,8")]
    [TestCase("/nodes?healthy=false", "")]
    [TestCase("/nodes?free_mru=15032385536", "1,2,3,4,5,6,7,8")]
    [TestCase("/nodes?free_mru=15032385537", "4,7")]
    [TestCase("/nodes?free_sru=193273528320", "1,2,3,4,5,6,7,8")]
    [TestCase("/nodes?free_sru=193273528321", "4,7")]
    [TestCase("/nodes?free_hru=0", "1,2,3,4,5,6,7,8")]
    [TestCase("/nodes?free_hru=1", "")]
    [TestCase("/nodes?total_mru=17179869184", "1,2,3,4,5,6,7,8")]
    [TestCase("/nodes?total_mru=17179869185", "4,7")]
    [TestCase("/nodes?total_sru=214748364800", "1,2,3,4,5,6,7,8")]
    [TestCase("/nodes?total_sru=214748364801", "4,7")]
    [TestCase("/nodes?total_hru=0", "1,2,3,4,5,6,7,8")]
    [TestCase("/nodes?total_hru=1", "")]
    [TestCase("/nodes?total_cru=8", "1,2,3,4,5,6,7,8")]
    [TestCase("/nodes?twin_id=103", "3")]
    [TestCase("/nodes?farm_name=vienna_green", "5,6,7")]
    [TestCase("/nodes?farm_name=vienna", "")]
    [TestCase("/nodes?farm_name_contains=GREEN", "5,6,7")]
    [TestCase("/nodes?country=bel", "")]
    [TestCase("/nodes?country_contains=bel", "1,2,3,4")]
    [TestCase("/nodes?city=salzburg", "8")]
    [TestCase("/nodes?city_contains=burg", "8")]
    [TestCase("/nodes?region=europe", "1,2,3,4,5,6,7,8")]
    [TestCase("/nodes?region=asia", "")]
    [TestCase("/nodes?free_ips=8&node_ids=5,8", "5")]
    [TestCase("/nodes?features=zdb", "")]
    [TestCase("/nodes?certification_type=certified&node_ids=1", "1")]
    [TestCase("/nodes?certification_type=Certified,Diy", "")]
    [TestCase("/nodes?certification_type=Diy", "")]
    [TestCase("/nodes?rented=false&node_id=1", "1")]
    [TestCase("/nodes?rented=true", "")]
    [TestCase("/nodes?in_dedicated_farm=false&node_id=1", "1")]
    [TestCase("/nodes?in_dedicated_farm=true", "")]
    [TestCase("/nodes?rented_by=1", "")]
    [TestCase("/nodes?owned_by=12", "5,6,7")]
    [TestCase("/nodes?has_gpu=false", "")]
    [TestCase("/nodes?gpu_available=true", "")]
    [TestCase("/nodes?gpu_device_name=x", "")]
    [TestCase("/nodes?has_gpu=true", "")]
    [TestCase("/nodes?num_gpu=0&node_id=1", "1")]
    [TestCase("/nodes?num_gpu=1", "")]
    [TestCase("/nodes?has_ipv6=false&node_id=1", "1")]
    [TestCase("/nodes?has_ipv6=true", "")]
    [TestCase("/nodes?ipv4=true", "1,2,3,4,5,6,7")]
    [TestCase("/nodes?ipv6=true", "")]
    [TestCase("/nodes?domain=true", "")]
    [TestCase("/nodes?ipv4=0&ipv6=0&domain=0", "8")]
    [TestCase("/nodes?price_min=0&price_max=0&node_id=1", "1")]
    [TestCase("/nodes?price_min=0.5", "")]
    [TestCase("/nodes?price_max=-1", "")]
    [TestCase("/nodes?sort_order=DESC&size=2", "1,2")]
    [TestCase("/nodes?sort_by=node_id&sort_order=Desc&size=2", "8,7")]
    [TestCase("/nodes?healthy=T&rented=f&size=1", "1")]
    [TestCase("/nodes?sort_by=extra_fee&sort_order=desc&size=2", "1,2")]
    [TestCase("/nodes?sort_by=dedicated_farm&size=2", "1,2")]
    [TestCase("/nodes?randomize=false&balance=1.5&size=2", "1,2")]
    [TestCase("/nodes?sort_by=twin_id&sort_order=desc&size=1", "8")]
    [TestCase("/nodes?sort_by=twin_id&size=1", "1")]
    [TestCase("/nodes?sort_by=farm_id&sort_order=desc&size=2", "8,5")]
    [TestCase("/nodes?sort_by=created&sort_order=desc&size=1", "8")]
    [TestCase("/nodes?sort_by=country&size=5", "5,6,7,8,1")]
    [TestCase("/nodes?sort_by=city&size=5", "1,2,3,4,8")]
    [TestCase("/nodes?sort_by=status&size=2", "1,2")]
    [TestCase("/nodes?sort_by=uptime&sort_order=desc&size=2", "1,2")]
    [TestCase("/nodes?sort_by=updated_at&sort_order=desc&size=2", "1,2")]
    [TestCase("/nodes?sort_by=price_usd&sort_order=desc&size=2", "1,2")]
    [TestCase("/nodes?sort_by=num_gpu&sort_order=desc&size=2", "1,2")]
    [TestCase("/nodes?sort_by=total_mru&sort_order=desc&size=2", "4,7")]
    [TestCase("/nodes?sort_by=total_sru&sort_order=desc&size=2", "4,7")]
    [TestCase("/nodes?sort_by=total_cru&sort_order=desc&size=2", "4,7")]
    [TestCase("/nodes?sort_by=free_cru&sort_order=desc&size=2", "4,7")]
    [TestCase("nodes?farm_name=Vienna%5FGreen&size=1&page=3", "7")]
    [TestCase("/nodes?page=9", "")]
    public void Nodes_are_filtered_like_the_real_proxy_does(string request, string expected)
    {
        QueryAnswer answer = Worlds.Ask(new GridWorld(), request);

        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(string.Join(',', answer.Body.EnumerateArray().Select(n => n.GetProperty("nodeId").GetInt32())), Is.EqualTo(expected));
    }

    [TestCase("/nodes?nope=1", 400)]
    [TestCase("/nodes?node_id=99&nope=1", 400)]
    [TestCase("/nodes?free_cru=1", 400)]
    [TestCase("/nodes?sort_by=nope", 400)]
    [TestCase("/nodes?sort_by=free_mru", 400)]
    [TestCase("/nodes?sort_by=free_sru", 400)]
    [TestCase("/nodes?sort_by=farm_name", 400)]
    [TestCase("/farms?sort_by=node_id", 400)]
    [TestCase("/twins?sort_by=name", 400)]
    [TestCase("/contracts?sort_by=node_id", 400)]
    [TestCase("/nodes?features=nope", 400)]
    [TestCase("/nodes?node_id=99&features=nope", 400)]
    [TestCase("/farms?node_features=nope", 400)]
    [TestCase("/farms?node_free_mru=much", 400)]
    [TestCase("/nodes?free_mru=much", 400)]
    [TestCase("/nodes?node_id=99&free_mru=much", 400)]
    [TestCase("/nodes?randomize=maybe", 400)]
    [TestCase("/nodes?balance=rich", 400)]
    [TestCase("/nodes/99", 404)]
    [TestCase("/nowhere", 404)]
    [TestCase("/nodes/x", 404)]
    [TestCase("/contracts/x", 404)]
    [TestCase("/contracts/1", 500)]
    [TestCase("/nodes?size=0", 400)]
    [TestCase("/nodes?page=0", 400)]
    [TestCase("/nodes?free_mru=-1", 400)]
    [TestCase("/nodes?healthy=maybe", 400)]
    [TestCase("/nodes?price_min=cheap", 400)]
    [TestCase("/nodes?node_ids=1,x", 400)]
    [TestCase("/nodes?node_ids=-1", 400)]
    [TestCase("/nodes?sort_order=up", 400)]
    [TestCase("/farms?status=up", 400)]
    [TestCase("/contracts?farm=1", 400)]
    [TestCase("/contracts?twin_id=me", 400)]
    [TestCase("/twins?name=x", 400)]
    public void What_the_real_proxy_refuses_is_refused(string request, int status)
    {
        QueryAnswer answer = Worlds.Ask(new GridWorld(), request);

        Assert.That(answer.Status, Is.EqualTo(status));
        Assert.That(answer.Body.GetProperty("error").GetString(), Is.Not.Empty);
    }

    [TestCase("/nodes?nope=1", "failed to decode params: schema: invalid path \"nope\"")]
    [TestCase("/nodes?free_mru=much", "failed to decode params: schema: error converting value for \"free_mru\"")]
    [TestCase("/nodes?node_ids=1,x", "failed to decode params: schema: error converting value for index 0 of \"node_ids\"")]
    [TestCase("/nodes?sort_by=free_mru", "\"free_mru\" is not a sort field for Node type")]
    [TestCase("/contracts?sort_by=name", "\"name\" is not a sort field for Contract type")]
    [TestCase("/farms?sort_by=free_mru", "\"free_mru\" is not a sort field for Farm type")]
    [TestCase("/nodes?sort_order=up", "\"up\" is not a valid sort order")]
    [TestCase("/nodes?features=nope", "nope is not a valid node feature")]
    [TestCase("/contracts/1", "contract not found")]
    [TestCase("/nodes/99", "node not found")]
    public void It_is_refused_with_the_real_proxys_words(string request, string words) =>
        Assert.That(Worlds.Ask(new GridWorld(), request).Body.GetProperty("error").GetString(), Is.EqualTo(words));

    [Test]
    public void Counts_come_in_headers_when_asked_for() => Assert.That(
        Worlds.Ask(new GridWorld(), "/nodes?ret_count=true&size=3").Headers,
        Is.EqualTo(new Dictionary<string, string> { ["count"] = "8", ["size"] = "3", ["pages"] = "3" }));

    [Test]
    public void Counts_are_rounded_up_to_whole_pages_and_absent_where_nobody_asked()
    {
        Assert.That(Worlds.Ask(new GridWorld(), "/nodes?ret_count=1&size=4").Headers["pages"], Is.EqualTo("2"));
        Assert.That(Worlds.Ask(new GridWorld(), "/nodes?ret_count=1").Headers["size"], Is.EqualTo("50"));
        Assert.That(Worlds.Ask(new GridWorld(), "/nodes?ret_count=false").Headers, Is.Empty);
    }
}
