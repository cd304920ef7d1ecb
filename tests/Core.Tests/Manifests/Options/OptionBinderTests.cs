using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests.Options;
using TfgridCompose.Core.Manifests.Tree;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Tests.Manifests.Options;

public sealed class OptionBinderTests
{
    private static readonly PatternDeclaration Declaration = new()
    {
        Options =
        [
            new()
            {
                Name = "cpu",
                Type = OptionType.Integer,
                Sources = [new("config.cpu"), new("resources.cpu.recommended"), new("resources.cpu")],
                Default = "2",
                Min = 1,
                Max = 32,
            },
            new()
            {
                Name = "memory",
                Type = OptionType.Size,
                Sources = [new("config.memory"), new("resources.memory.recommended")],
                Default = "2G",
                Min = 256,
                Max = 262144,
            },
            new() { Name = "disk", Type = OptionType.Size, Sources = [new("config.disk"), new("resources.disk.recommended", SizeUnit.GB)] },
            new() { Name = "mode", Sources = [new("gateway.mode")], Allowed = ["proxy", "nat"] },
            new() { Name = "ssl", Type = OptionType.Boolean, Sources = [new("gateway.ssl.enabled")] },
            new() { Name = "domains", Type = OptionType.TextList, Sources = [new("gateway.domains")] },
            new() { Name = "nodes", Type = OptionType.IntegerList, Sources = [new("nodes.backend")], Min = 1 },
        ],
    };

    [Test]
    public void Values_are_converted_and_say_where_they_came_from()
    {
        BoundOptions bound = Bind(
            """
            config: {memory: 4096}
            resources: {cpu: {min: 1, recommended: 4}, memory: {recommended: 8192}, disk: {recommended: 50}}
            gateway: {mode: nat, ssl: {enabled: yes}, domains: "a.org, b.org"}
            nodes: {backend: [8, 13]}
            """);

        Assert.Multiple(() =>
        {
            Assert.That(bound.Problems, Is.Empty);
            Assert.That(bound.Origins.Select(origin => origin.ToString()), Is.EqualTo(
            [
                "cpu 4 from resources.cpu.recommended",
                "memory 4096 MB from config.memory",
                "disk 51200 MB from resources.disk.recommended",
                "mode nat from gateway.mode",
                "ssl true from gateway.ssl.enabled",
                "domains a.org, b.org from gateway.domains",
                "nodes 8, 13 from nodes.backend",
            ]));
            Assert.That(bound.Options.Integer("memory"), Is.EqualTo(4096));
            Assert.That(bound.Options.Flag("ssl"), Is.True);
            Assert.That(bound.Options.Text("mode"), Is.EqualTo("nat"));
            Assert.That(bound.Options.Texts("domains"), Is.EqualTo(["a.org", "b.org"]));
            Assert.That(bound.Options.Integers("nodes"), Is.EqualTo([8, 13]));
            Assert.That(bound.Origins[1].Location, Is.EqualTo(new SourceLocation("m.yaml", 1, 18)));
        });
    }

    [TestCase("gateway: 5", "'gateway' must be a map, not '5'.", "Write its keys below it, indented: domains, mode, ssl.")]
    [TestCase("gateway: {ssl: yes}", "'gateway.ssl' must be a map, not 'yes'.", "Write its keys below it, indented: enabled.")]
    public void A_value_where_keys_belong_is_told_which_keys_there_are(string manifest, string message, string remedy) => Assert.That(
        Bind(manifest).Problems.Select(problem => (problem.Message, problem.Remedy)),
        Is.EqualTo(new[] { (message, remedy) }));

    [Test]
    public void Absent_options_take_their_default_or_stay_absent()
    {
        BoundOptions bound = Bind("config:\n  cpu:\n");

        Assert.That(
            bound.Origins.Select(origin => origin.ToString()),
            Is.EqualTo(["cpu 2 from the pattern's default", "memory 2048 MB from the pattern's default"]));
        Assert.That(bound.Options.Has("mode"), Is.False);
    }

    [TestCase("4096", 4096)]
    [TestCase("8G", 8192)]
    [TestCase("8GB", 8192)]
    [TestCase("8 gib", 8192)]
    [TestCase("512m", 512)]
    [TestCase("'512 MB'", 512)]
    [TestCase("300MiB", 300)]
    [TestCase("1.5G", 1536)]
    [TestCase("0.25T", 262144)]
    public void Sizes_take_suffixes(string text, long megabytes) =>
        Assert.That(Bind($"config: {{memory: {text}}}\n").Options.Integer("memory"), Is.EqualTo(megabytes));

    [TestCase("50", 51200)]
    [TestCase("1.5", 1536)]
    [TestCase("512M", 512)]
    [TestCase("1TB", 1048576)]
    public void A_bare_number_is_in_the_sources_unit(string text, long megabytes) =>
        Assert.That(Bind($"resources: {{disk: {{recommended: {text}}}}}\n").Options.Integer("disk"), Is.EqualTo(megabytes));

    [Test]
    public void A_scalar_where_another_source_has_a_map_is_read() =>
        Assert.That(Bind("resources: {cpu: 6}\n").Options.Integer("cpu"), Is.EqualTo(6));

    [TestCase("config: {cpu: 2.0}", "TFC0240 1:15")]
    [TestCase("config: {cpu: 1e1}", "TFC0240 1:15")]
    [TestCase("config: {cpu: .nan}", "TFC0240 1:15")]
    [TestCase("config: {cpu: 99999999999999999999}", "TFC0240 1:15")]
    [TestCase("config: {cpu: [2]}", "TFC0240 1:15")]
    [TestCase("config: {cpu: 0}", "TFC0241 1:15")]
    [TestCase("config: {cpu: -4}", "TFC0241 1:15")]
    [TestCase("config: {cpu: 33}", "TFC0241 1:15")]
    [TestCase("config: {memory: 64}", "TFC0241 1:18")]
    [TestCase("config: {memory: 8T}", "TFC0241 1:18")]
    [TestCase("config: {memory: -1}", "TFC0243 1:18")]
    [TestCase("config: {memory: 1.5}", "TFC0243 1:18")]
    [TestCase("config: {memory: 8X}", "TFC0243 1:18")]
    [TestCase("config: {memory: .inf}", "TFC0243 1:18")]
    [TestCase("config: {memory: 99999999999999999999T}", "TFC0243 1:18")]
    [TestCase("config: {memory: {min: 1}}", "TFC0240 1:18")]
    [TestCase("config: 5", "TFC0240 1:9")]
    [TestCase("gateway: {mode: proxi}", "TFC0242 1:17")]
    [TestCase("gateway: {mode: [nat]}", "TFC0240 1:17")]
    [TestCase("gateway: {ssl: {enabled: maybe}}", "TFC0240 1:26")]
    [TestCase("gateway: {domains: {a: b}}", "TFC0240 1:20")]
    [TestCase("nodes: {backend: [1, x, 0]}", "TFC0240 1:22,TFC0241 1:25")]
    public void A_bad_value_is_a_problem_at_its_place(string text, string expected)
    {
        BoundOptions bound = Bind(text + "\n");

        Assert.That(string.Join(",", TestApp.Marks(bound.Problems)), Is.EqualTo(expected));
    }

    [TestCase("config: {cpu: [2]}", "config.cpu", "a whole number", "a list", " Allowed: 1 to 32.")]
    [TestCase("gateway: {mode: [nat]}", "gateway.mode", "a string", "a list", "")]
    [TestCase("gateway: {ssl: {enabled: maybe}}", "gateway.ssl.enabled", "true or false", "'maybe'", "")]
    [TestCase("gateway: {domains: {a: b}}", "gateway.domains", "a list of strings", "a map", "")]
    [TestCase("nodes: {backend: {a: b}}", "nodes.backend", "a list of whole numbers", "a map", " Allowed: 1 and more.")]
    public void A_value_of_another_type_is_told_what_belongs_there(string manifest, string key, string wanted, string given, string range)
    {
        Diagnostic problem = Bind(manifest).Problems.Single();

        Assert.That(
            (problem.Message, problem.Remedy),
            Is.EqualTo(($"'{key}' must be {wanted}, not {given}.", $"Write {wanted} there.{range}")));
    }

    [Test]
    public void An_option_with_a_problem_has_no_value() => Assert.That(Bind("config: {cpu: 99}\n").Options.Has("cpu"), Is.False);

    [Test]
    public void A_value_out_of_range_names_the_value_and_the_range()
    {
        Diagnostic problem = Bind("config: {memory: 1T}\n").Problems.Single();

        Assert.That(problem.Message, Is.EqualTo("'config.memory' is 1048576 MB ('1T' there), which is out of range."));
        Assert.That(problem.Remedy, Is.EqualTo("Change it. Allowed: 256 to 262144 MB."));
    }

    [Test]
    public void A_text_that_is_not_allowed_gets_the_nearest()
    {
        Assert.That(Bind("gateway: {mode: proxi}\n").Problems.Single().Remedy, Is.EqualTo("Did you mean 'proxy'? Use one of proxy, nat."));
    }

    [Test]
    public void A_pattern_with_a_bad_default_is_told_from_a_bad_manifest()
    {
        var declaration = new PatternDeclaration
        {
            Options = [new() { Name = "cpu", Type = OptionType.Integer, Sources = [new("config.cpu")], Default = "two" }],
        };

        Assert.That(OptionBinder.Bind(Tree("a: 1\n"), declaration).Problems.Single().Code, Is.EqualTo(OptionCodes.DefaultInvalid));
    }

    private static BoundOptions Bind(string text) => OptionBinder.Bind(Tree(text), Declaration);

    private static LocatedMap Tree(string text) => LocatedYaml.Parse(text, "m.yaml");
}
