using System.Text.Json;
using System.Text.RegularExpressions;

namespace TfgridCompose.Tests.Shared;

/// <summary>A CycloneDX 1.6 document that keeps the rules of its schema: https://cyclonedx.org/docs/1.6/json/.</summary>
internal sealed record Sbom(SbomPart Whole, IReadOnlyList<SbomPart> Parts)
{
    private static readonly string[] Types = ["application", "framework", "library", "file"];

    private static readonly Dictionary<string, int> HashLengths = new() { ["SHA-256"] = 64, ["SHA-512"] = 128 };

    /// <summary>Fails the test where the document breaks a rule.</summary>
    public static Sbom Read(Stream stream)
    {
        using (stream)
        {
            using var document = JsonDocument.Parse(stream);
            JsonElement root = document.RootElement;
            AssertKeys(root, ["bomFormat", "specVersion", "version", "metadata", "components", "dependencies"], ["$schema"]);
            Assert.That(
                (root.GetProperty("bomFormat").GetString(), root.GetProperty("specVersion").GetString()),
                Is.EqualTo(("CycloneDX", "1.6")));
            Assert.That(root.GetProperty("version").GetInt32(), Is.GreaterThan(0));
            AssertKeys(root.GetProperty("metadata"), ["component"], []);
            var sbom = new Sbom(
                Part(root.GetProperty("metadata").GetProperty("component")),
                [.. root.GetProperty("components").EnumerateArray().Select(Part)]);
            AssertReferences(root, [sbom.Whole.Reference, .. sbom.Parts.Select(part => part.Reference)]);
            return sbom;
        }
    }

    public SbomPart Part(string name) => Parts.Single(part => part.Name == name);

    private static SbomPart Part(JsonElement part)
    {
        AssertKeys(part, ["type", "name", "bom-ref"], ["version", "hashes", "licenses", "purl"]);
        Assert.That(Types, Does.Contain(part.GetProperty("type").GetString()));
        Assert.That(Text(part, "purl"), Is.Null.Or.Matches("^pkg:nuget/[A-Za-z0-9.%_-]+@[A-Za-z0-9.%_-]+$"));
        return new SbomPart(
            part.GetProperty("bom-ref").GetString()!,
            part.GetProperty("type").GetString()!,
            part.GetProperty("name").GetString()!,
            Text(part, "version"),
            Text(part, "purl"),
            part.TryGetProperty("hashes", out JsonElement hashes) ? Digits(hashes[0]) : null,
            part.TryGetProperty("licenses", out JsonElement licenses) ? License(licenses[0]) : null);
    }

    private static string Digits(JsonElement hash)
    {
        AssertKeys(hash, ["alg", "content"], []);
        string digits = hash.GetProperty("content").GetString()!;
        Assert.That(digits, Does.Match(new Regex("^[0-9a-f]+$")));
        Assert.That(digits, Has.Length.EqualTo(HashLengths[hash.GetProperty("alg").GetString()!]));
        return digits;
    }

    private static string License(JsonElement license)
    {
        if (Text(license, "expression") is { } expression)
        {
            AssertKeys(license, ["expression"], []);
            return expression;
        }

        AssertKeys(license, ["license"], []);
        AssertKeys(license.GetProperty("license"), ["name"], []);
        return license.GetProperty("license").GetProperty("name").GetString()!;
    }

    private static void AssertReferences(JsonElement root, IReadOnlyList<string> known)
    {
        Assert.That(known, Is.Unique);
        string[] described = [.. root.GetProperty("dependencies").EnumerateArray().Select(each => Text(each, "ref")!)];
        Assert.That(described, Is.Unique.And.SubsetOf(known).And.Contain(known[0]));
        foreach (JsonElement each in root.GetProperty("dependencies").EnumerateArray())
        {
            AssertKeys(each, ["ref"], ["dependsOn"]);
            Assert.That(
                each.TryGetProperty("dependsOn", out JsonElement needs)
                    ? needs.EnumerateArray().Select(need => need.GetString())
                    : [],
                Is.Unique.And.SubsetOf(known));
        }
    }

    private static string? Text(JsonElement element, string key) =>
        element.TryGetProperty(key, out JsonElement value) ? value.GetString() : null;

    private static void AssertKeys(JsonElement element, string[] required, string[] optional)
    {
        string[] keys = [.. element.EnumerateObject().Select(property => property.Name)];
        Assert.That(keys, Is.SupersetOf(required).And.SubsetOf(required.Concat(optional)));
    }
}
