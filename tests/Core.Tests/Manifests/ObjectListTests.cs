using System.Text.Json;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Looking.Conformance;
using TfgridCompose.Core.Manifests.Options;
using TfgridCompose.Core.Manifests.Tree;
using TfgridCompose.Core.Tools.Variables;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tests.Manifests;

/// <summary>Options whose value is a list of maps.</summary>
public sealed class ObjectListTests
{
    private static readonly PatternOption Services = new()
    {
        Name = "services",
        Type = OptionType.ObjectList,
        Description = "what is served",
        Sources = [new("backend.services"), new("services")],
        Fields =
        [
            new() { Name = "name", Description = "its name", Sources = [new("name")] },
            new()
            {
                Name = "port",
                Description = "its port",
                Type = OptionType.Integer,
                Sources = [new("port"), new("tls.port")],
                Default = "80",
                Min = 1,
                Max = 65535,
            },
            new() { Name = "mode", Description = "how", Sources = [new("mode")], Allowed = ["proxy", "nat"] },
            new() { Name = "cache", Description = "room for it", Type = OptionType.Size, Sources = [new("cache", SizeUnit.GB)] },
            new() { Name = "hosts", Description = "where", Type = OptionType.TextList, Sources = [new("hosts")] },
        ],
    };

    [Test]
    public void Items_hold_the_values_of_their_fields()
    {
        BoundOptions bound =
            Bind("backend: {services: [{name: web, tls: {port: 443}, mode: nat, cache: 2, hosts: 'a, b'}, {name: api}]}\n");

        IReadOnlyList<PatternOptions> services = bound.Options.Objects("services");
        Assert.Multiple(() =>
        {
            Assert.That(bound.Problems, Is.Empty);
            Assert.That(services.Select(service => service.Text("name")), Is.EqualTo(["web", "api"]));
            Assert.That(services.Select(service => service.Integer("port")), Is.EqualTo([443, 80]));
            Assert.That(
                (services[0].Text("mode"), services[0].Integer("cache"), services[1].Has("cache")),
                Is.EqualTo(("nat", 2048L, false)));
            Assert.That(services[0].Texts("hosts"), Is.EqualTo(["a", "b"]));
            Assert.That(bound.Origins.Single().ToString(), Is.EqualTo("services 2 items: web, api from backend.services"));
        });
    }

    [Test]
    public void A_single_map_is_a_list_of_one()
    {
        BoundOptions bound = Bind("services: {name: web}\n");

        Assert.That(bound.Options.Objects("services").Single().Text("name"), Is.EqualTo("web"));
        Assert.That(bound.Origins.Single().ShownValue, Is.EqualTo("1 item: web"));
        Assert.That(bound.LocationOf("services[0]"), Is.EqualTo(new SourceLocation("m.yaml", 1, 11)));
    }

    [Test]
    public void Without_items_there_is_no_value_and_an_empty_list_is_one()
    {
        Assert.That(Bind("backend: {services: }\n").Options.Has("services"), Is.False);
        Assert.That(Bind("backend: {services: []}\n").Options.Objects("services"), Is.Empty);
        Assert.That(Bind("backend: {services: [{}, {port: 8}]}\n").Origins.Single().ShownValue, Is.EqualTo("2 items"));
    }

    [TestCase("backend: {services: web}", "TFC0240 1:21", "'backend.services' must be a list of maps, not 'web'.")]
    [TestCase("backend: {services: [web]}", "TFC0240 1:22", "'backend.services[0]' must be a map, not 'web'.")]
    [TestCase("backend: {services: [{name: a}, [1]]}", "TFC0240 1:33", "'backend.services[1]' must be a map, not a list.")]
    [TestCase("backend: {services: [{}, {port: x}]}", "TFC0240 1:33", "'backend.services[1].port' must be a whole number, not 'x'.")]
    [TestCase("services: [{port: 0}]", "TFC0241 1:19", "'services[0].port' is 0, which is out of range.")]
    [TestCase("services: [{tls: 5}]", "TFC0240 1:18", "'services[0].tls' must be a map, not '5'.")]
    [TestCase("services: [{mode: prox}]", "TFC0242 1:19", "'services[0].mode' cannot be 'prox'.")]
    [TestCase("services: [{cache: 1X}]", "TFC0243 1:20", "'services[0].cache' must be a size in whole megabytes, not '1X'.")]
    public void A_bad_item_is_a_problem_at_its_place(string text, string mark, string message)
    {
        BoundOptions bound = Bind(text + "\n");

        Assert.That(TestApp.Marks(bound.Problems), Is.EqualTo([mark]));
        Assert.That(bound.Problems[0].Message, Is.EqualTo(message));
        Assert.That(bound.Options.Has("services"), Is.False);
    }

    [TestCase("services[1]", 3, 5)]
    [TestCase("services[0].port", 2, 5)]
    [TestCase("services[7]", 2, 3)]
    [TestCase("services[x]", 2, 3)]
    [TestCase("services", 2, 3)]
    public void A_reference_finds_the_option_or_its_item(string reference, int line, int column) => Assert.That(
        Bind("services:\n  - name: a\n  - name: b\n").LocationOf(reference), Is.EqualTo(new SourceLocation("m.yaml", line, column)));

    [Test]
    public void What_the_manifest_does_not_hold_has_no_place()
    {
        BoundOptions bound = Bind("a: 1\n");

        Assert.That(
            (bound.LocationOf("services"), bound.LocationOf("other[2]"), bound.LocationOf(null)),
            Is.EqualTo(((SourceLocation?)null, (SourceLocation?)null, (SourceLocation?)null)));
    }

    [Test]
    public void As_a_variable_an_item_is_a_plain_object()
    {
        IReadOnlyList<PatternOptions> items = Bind("services: [{name: web, hosts: [a]}]\n").Options.Objects("services");
        const string Expected = """{"name":"web","port":80,"hosts":["a"]}""";

        Assert.That(Compact(PatternValueJson.Of(new Dictionary<string, object?> { ["services"] = items })), Is.EqualTo($$"""{"services":[{{Expected}}]}"""));
        Assert.That(Compact(JsonSerializer.Serialize(new { Item = items[0] }, PatternValueJson.Options)), Is.EqualTo($$"""{"Item":{{Expected}}}"""));
    }

    [Test]
    public void Conformance_asks_fields_the_same_as_options()
    {
        PatternOption[] fields =
        [
            new() { Name = "size", Description = "how large", Type = OptionType.Integer, Sources = [new("size")], Default = "big" },
            new() { Name = "deep", Type = OptionType.ObjectList, Sources = [] },
        ];

        Assert.That(Problems(Services), Is.Empty);
        Assert.That(Problems(Services with { Fields = [] }), Is.EqualTo(["the option 'services' is a list of maps without fields"]));
        Assert.That(
            Problems(Services with { Type = OptionType.Text }),
            Is.EqualTo(["the option 'services' has fields but is not a list of maps"]));
        Assert.That(Problems(Services with { Fields = fields }), Is.EqualTo(
        [
            "the default 'big' of the option 'services[].size' breaks its own rules: 'services[].size' must be a whole number, not 'big'.",
            "the option 'services[].deep' has no description",
            "the option 'services[].deep' has no source",
            "the field 'services[].deep' is a list of maps itself",
        ]));
    }

    private static string[] Problems(PatternOption option) =>
        [.. OptionsCheck.Of(new PatternDeclaration { Options = [option] }, readme: "`services`").Select(finding => finding.Problem)];

    private static string Compact(string json) => json.ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal);

    private static BoundOptions Bind(string text) =>
        OptionBinder.Bind(LocatedYaml.Parse(text, "m.yaml"), new PatternDeclaration { Options = [Services] });
}
