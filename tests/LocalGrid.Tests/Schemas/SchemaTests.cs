using NUnit.Framework;
using TfgridCompose.LocalGrid.Schemas;

namespace TfgridCompose.LocalGrid.Tests.Schemas;

public sealed class SchemaTests
{
    /// <summary>The fixture lists threefoldtech/grid, development of 2024-10-23: path, type, use (r, o, c, oc) and default.</summary>
    [Test]
    public void The_schema_is_the_real_providers()
    {
        string[] expected = File.ReadAllLines(Path.Combine(TestContext.CurrentContext.TestDirectory, "Fixtures", "schema.txt"));

        IEnumerable<string> actual = GridSchemas.Resources.Concat(GridSchemas.DataSources).SelectMany(item => Lines(item.Key, item.Value));

        Assert.That(actual.Order(StringComparer.Ordinal), Is.EqualTo(expected.Order(StringComparer.Ordinal)));
    }

    private static IEnumerable<string> Lines(string path, BlockSchema block) =>
    [
        .. block.Attributes.Select(a => $"{path}.{a.Name} {a.Type.Json.Replace("\"", "")} {Use(a.Use)} {Default(a.Default)}".TrimEnd()),
        .. block.Blocks.Select(nested => $"{path}.{nested.Name} block {nested.Min}-{nested.Max}"),
        .. block.Blocks.SelectMany(nested => Lines($"{path}.{nested.Name}", nested.Block)),
    ];

    private static string Use(AttributeUse use) => use switch
    {
        AttributeUse.Required => "r",
        AttributeUse.Optional => "o",
        AttributeUse.Computed => "c",
        _ => "oc",
    };

    private static string Default(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        string text => $"\"{text}\"",
        _ => value.ToString() ?? "",
    };
}
