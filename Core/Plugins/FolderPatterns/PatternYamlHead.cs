using System.Diagnostics.CodeAnalysis;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Listing;
using TfgridCompose.Core.Manifests.Tree;
using TfgridCompose.Core.Plugins.Descriptors;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Plugins.FolderPatterns;

/// <summary>Name, version, description and contract of a <c>pattern.yaml</c>: what a listing shows.</summary>
internal static class PatternYamlHead
{
    public static readonly string[] Keys = ["name", "version", "description", "contract"];

    /// <summary>The head as a descriptor, or what is wrong with it.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> yaml,
        string file,
        [NotNullWhen(true)] out PluginDescriptor? descriptor,
        [NotNullWhen(false)] out Diagnostic? problem)
    {
        problem = null;
        Dictionary<string, string>? head = PlainYaml.Read(yaml, Keys) ?? Parse(yaml.ToArray(), file, out problem);
        descriptor = head is null ? null : Descriptor(head, file, out problem);
        return problem is null && descriptor is not null;
    }

    public static Diagnostic Problem(string file, string what, SourceLocation location) =>
        Diagnostic.Error(
            PatternCodes.InvalidDescriptor,
            $"{file} {what}",
            "correct it; docs/folder-patterns.md lists the keys",
            location);

    /// <summary>The keys that are wrong, each with the end of a sentence that begins with the file's path.</summary>
    public static List<KeyValuePair<string, string>> Check(
        string? name, string? version, string? contract, out int major, out int minor)
    {
        var wrong = new List<KeyValuePair<string, string>>();
        if (name is null)
        {
            wrong.Add(new("name", "has no name"));
        }
        else if (!PatternName.IsValid(name))
        {
            wrong.Add(new("name", $"names the pattern '{name}', which is not made of {PatternName.Rule}"));
        }

        if (string.IsNullOrEmpty(version))
        {
            wrong.Add(new("version", "has no version"));
        }

        if (!DescriptorReader.IsContract(contract ?? PatternYaml.DefaultContract, out major, out minor))
        {
            wrong.Add(new(
                "contract", $"has the contract '{contract}', which is not like {PatternYaml.DefaultContract}"));
        }

        return wrong;
    }

    private static Dictionary<string, string>? Parse(byte[] yaml, string file, out Diagnostic? problem)
    {
        problem = null;
        try
        {
            LocatedMap root = LocatedYaml.Parse(BoundedFile.Decode(yaml, file), file);
            var head = new Dictionary<string, string>();
            foreach (string key in Keys)
            {
                if (root.Entry(key)?.Value is LocatedScalar { Text: { } text })
                {
                    head[key] = text;
                }
            }

            return head;
        }
        catch (DiagnosticException invalid)
        {
            problem = invalid.Diagnostics[0];
            return null;
        }
    }

    private static PluginDescriptor? Descriptor(Dictionary<string, string> head, string file, out Diagnostic? problem)
    {
        string? name = head.GetValueOrDefault("name");
        string? version = head.GetValueOrDefault("version");
        List<KeyValuePair<string, string>> wrong =
            Check(name, version, head.GetValueOrDefault("contract"), out int major, out int minor);
        problem = wrong.Count == 0 ? null : Problem(file, wrong[0].Value, new SourceLocation(file, 1, 1));
        return problem is not null ? null : new PluginDescriptor
        {
            Name = name ?? "",
            Version = version ?? "",
            Description = head.GetValueOrDefault("description") ?? "",
            Assembly = "",
            Sha256 = "",
            ContractMajor = major,
            ContractMinor = minor,
        };
    }
}
