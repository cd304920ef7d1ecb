using TfgridCompose.Cli.Rendering;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Cli.Tests;

public sealed class PatternPageTests
{
    [Test]
    public void A_list_of_maps_shows_the_keys_of_an_item_below_it()
    {
        var declaration = new PatternDeclaration
        {
            Options =
            [
                new()
                {
                    Name = "services", Type = OptionType.ObjectList, Sources = [new("backend.services")], Description = "What is served.",
                    Fields =
                    [
                        new()
                        {
                            Name = "port",
                            Type = OptionType.Integer,
                            Sources = [new("port")],
                            Default = "80",
                            Min = 1,
                            Max = 65535,
                            Description = "Where.",
                        },
                    ],
                },
            ],
        };

        Assert.That(PatternPage.Text(declaration), Does.EndWith(
            "\nbackend.services: list of maps, each with the keys below; no default\n    What is served.\n\n    - port: integer, 1 "
                + "to 65535; default 80\n          Where.\n"));
    }

    [TestCase(null, null, "size; no default")]
    [TestCase(512L, 4096L, "size, 512 to 4096 MB; no default")]
    [TestCase(512L, null, "size, 512 MB and more; no default")]
    [TestCase(null, 4096L, "size, up to 4096 MB; no default")]
    public void A_range_is_shown_with_its_unit(long? min, long? max, string rule) => Assert.That(
        PatternPage.Text(new PatternDeclaration
        {
            Options =
            [
                new()
                {
                    Name = "memory",
                    Type = OptionType.Size,
                    Sources = [new("config.memory", SizeUnit.MB), new("resources.cpu.memory", SizeUnit.GB)],
                    Min = min,
                    Max = max,
                },
            ],
        }),
        Does.EndWith($"\nconfig.memory (MB), resources.cpu.memory (GB): {rule}\n    \n"));

    [TestCase(OptionType.Text, "text")]
    [TestCase(OptionType.TextList, "list of strings")]
    [TestCase(OptionType.IntegerList, "list of integers")]
    [TestCase(OptionType.Boolean, "boolean")]
    public void A_type_is_shown_as_a_word(OptionType type, string word) => Assert.That(
        PatternPage.Text(new PatternDeclaration
        {
            Options = [new() { Name = "x", Type = type, Sources = [new("config.x")], Allowed = ["a", "b"], Default = "a" }],
        }),
        Does.Contain($"\nconfig.x: {word}, one of a, b; default a\n"));

    [Test]
    public void Roles_come_first() => Assert.That(
        PatternPage.Text(new PatternDeclaration
        {
            Roles = [new() { Name = "vm", Description = "The machine." }, new() { Name = "db", Description = "Data." }],
        }),
        Is.EqualTo("This pattern has no README.md. It declares:\n\nrole vm: The machine.\nrole db: Data.\n"));
}
