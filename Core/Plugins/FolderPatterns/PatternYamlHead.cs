using System.Diagnostics.CodeAnalysis;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests.Tree;
using TfgridCompose.Core.Plugins.Descriptors;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Plugins.FolderPatterns;

/// <summary>Name, version, description and contract of a <c>pattern.yaml</c>: what a listing shows.</summary>
internal struct PatternYamlHead
{
    private string? _name;
    private string? _version;
    private string? _description;
    private string? _contract;

    /// <summary>The head as a descriptor, or what is wrong with it.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> yaml,
        string file,
        [NotNullWhen(true)] out PluginDescriptor? descriptor,
        [NotNullWhen(false)] out Diagnostic? problem)
    {
        var head = new PatternYamlHead();
        problem = new PatternYamlScan(yaml).TryRead(ref head) ? null : Parse(yaml.ToArray(), file, out head);
        descriptor = problem is null ? head.Descriptor(file, out problem) : null;
        return problem is null && descriptor is not null;
    }

    public static bool Knows(ReadOnlySpan<byte> key) =>
        key.SequenceEqual("name"u8)
            || key.SequenceEqual("version"u8)
            || key.SequenceEqual("description"u8)
            || key.SequenceEqual("contract"u8);

    /// <summary>False: the key stands twice.</summary>
    public bool Take(ReadOnlySpan<byte> key, string value)
    {
        ref string? place = ref _name;
        if (key.SequenceEqual("version"u8))
        {
            place = ref _version;
        }
        else if (key.SequenceEqual("description"u8))
        {
            place = ref _description;
        }
        else if (key.SequenceEqual("contract"u8))
        {
            place = ref _contract;
        }

        bool first = place is null;
        place = value;
        return first;
    }

    /// <summary>For tests: the four texts.</summary>
    public override readonly string ToString() => $"{_name}|{_version}|{_description}|{_contract}";

    private static Diagnostic? Parse(byte[] yaml, string file, out PatternYamlHead head)
    {
        head = default;
        try
        {
            LocatedMap root = LocatedYaml.Parse(BoundedFile.Decode(yaml, file), file);
            head = new PatternYamlHead
            {
                _name = Text(root, "name"),
                _version = Text(root, "version"),
                _description = Text(root, "description"),
                _contract = Text(root, "contract"),
            };
            return null;
        }
        catch (DiagnosticException invalid)
        {
            return invalid.Diagnostics[0];
        }
    }

    private static string? Text(LocatedMap root, string key) => (root.Entry(key)?.Value as LocatedScalar)?.Text;

    private readonly PluginDescriptor? Descriptor(string file, out Diagnostic? problem)
    {
        List<KeyValuePair<string, string>> wrong = Check(_name, _version, _contract, out int major, out int minor);
        problem = wrong.Count == 0 ? null : Problem(file, wrong[0].Value, new SourceLocation(file, 1, 1));
        return problem is not null ? null : new PluginDescriptor
        {
            Name = _name ?? "",
            Version = _version ?? "",
            Description = _description ?? "",
            Assembly = "",
            Sha256 = "",
            ContractMajor = major,
            ContractMinor = minor,
        };
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
}
