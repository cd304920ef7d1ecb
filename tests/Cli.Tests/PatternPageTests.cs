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
}
