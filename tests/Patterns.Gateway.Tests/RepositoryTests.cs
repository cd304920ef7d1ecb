using TfgridCompose.Patterns.Sdk;
using TfgridCompose.Patterns.Tests;

namespace TfgridCompose.Patterns.Gateway.Tests;

public sealed class ReadmeTests() : PatternReadme("Patterns.Gateway", new GatewayPattern())
{
    [Test]
    public void The_table_of_services_documents_every_key()
    {
        string[] rows =
        [
            .. File.ReadLines(Repository.Path("Patterns.Gateway/README.md"))
                .SkipWhile(line => line != "## Services")
                .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
                .Select(line => line.Split('`')[1]),
        ];

        Assert.That(rows.Take(ServiceFields.All.Count), Is.EqualTo(ServiceFields.All.Select(field => field.Name)));
    }

    [Test]
    public void The_table_of_commands_documents_every_command()
    {
        string text = File.ReadAllText(Repository.Path("Patterns.Gateway/README.md"));

        Assert.That(
            GatewayCommands.All.Select(command => command.Name),
            Is.All.Matches<string>(
                name => text.Contains($"| `tfgrid-compose {name}", StringComparison.Ordinal)
                    || text.Contains($", `{name} backend2`", StringComparison.Ordinal)));
    }
}

public sealed class ResourcesTests() : PatternResources("Patterns.Gateway");
