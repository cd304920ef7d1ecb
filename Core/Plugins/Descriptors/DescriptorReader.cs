using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using TfgridCompose.Core.Listing;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Plugins.Descriptors;

/// <summary>Reads a descriptor's head.</summary>
internal struct DescriptorReader
{
    private const int Schema = 1;

    private string? _name;
    private string? _version;
    private string? _description;
    private string? _assembly;
    private string? _sha256;
    private string? _crc32C;
    private string? _contract;
    private int _schema;

    /// <summary>The descriptor, or what is wrong with it.</summary>
    public static bool TryRead(
        ReadOnlySpan<byte> json,
        [NotNullWhen(true)] out PluginDescriptor? descriptor,
        out string problem)
    {
        // A valid descriptor is read by the quick scan; the JSON library judges all others.
        var plain = new PlainJson(json);
        var head = new DescriptorReader();
        if (head.TryFill(ref plain) && head.TryMake(out descriptor, out problem))
        {
            return true;
        }

        if (plain.IsCut)
        {
            descriptor = null;
            problem = $"is not valid JSON (line {plain.Line})";
            return false;
        }

        return TryReadAnyForm(json.ToArray(), out descriptor, out problem);
    }

    internal static bool IsContract(string? text, out int major, out int minor)
    {
        major = minor = 0;
        int dot = text?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        return dot > 0
            && int.TryParse(text.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out major)
            && int.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out minor);
    }

    // A separate method, so that a listing of valid descriptors does not load System.Text.Json.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryReadAnyForm(
        byte[] json,
        [NotNullWhen(true)] out PluginDescriptor? descriptor,
        out string problem)
    {
        var head = new DescriptorReader();
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                descriptor = null;
                problem = "is not a JSON object";
                return false;
            }

            foreach (JsonProperty member in document.RootElement.EnumerateObject())
            {
                head.Take(member.Name, member.Value.ToString(), member.Value.ValueKind == JsonValueKind.String);
            }
        }
        catch (JsonException invalid)
        {
            descriptor = null;
            problem = $"is not valid JSON (line {invalid.LineNumber + 1})";
            return false;
        }
        catch (InvalidOperationException)
        {
            // Text that is not UTF-8, or half a surrogate pair.
            descriptor = null;
            problem = "is not valid JSON";
            return false;
        }

        return head.TryMake(out descriptor, out problem);
    }

    // False if the file is not a whole object, or has unknown escapes in its outermost members.
    private bool TryFill(ref PlainJson json)
    {
        while (json.Next())
        {
            if (json.IsNested)
            {
                json.Skip();
                continue;
            }

            if (JsonString.Text(json.Name) is not { } name || JsonString.Text(json.Value) is not { } value)
            {
                return false;
            }

            Take(name, value, json.IsString);
        }

        return json.IsWhole;
    }

    private void Take(string name, string value, bool isString)
    {
        string? text = isString ? value : null;
        switch (name)
        {
            case "schema":
                const NumberStyles Whole = NumberStyles.AllowLeadingSign;
                _schema = !isString && int.TryParse(value, Whole, CultureInfo.InvariantCulture, out int schema) ? schema : 0;
                break;
            case "name":
                _name = text;
                break;
            case "version":
                _version = text;
                break;
            case "description":
                _description = text;
                break;
            case "assembly":
                _assembly = text;
                break;
            case "sha256":
                _sha256 = text;
                break;
            case "crc32c":
                _crc32C = text;
                break;
            case "contract":
                _contract = text;
                break;
            default:
                break;
        }
    }

    private readonly bool TryMake([NotNullWhen(true)] out PluginDescriptor? descriptor, out string problem)
    {
        problem = Check(out int major, out int minor);
        descriptor = problem.Length > 0 ? null : new PluginDescriptor
        {
            Name = _name ?? "",
            Version = _version ?? "",
            Description = _description ?? "",
            Assembly = _assembly ?? "",
            Sha256 = _sha256 ?? "",
            Crc32C = _crc32C ?? "",
            ContractMajor = major,
            ContractMinor = minor,
        };
        return descriptor is not null;
    }

    private readonly string Check(out int major, out int minor)
    {
        major = minor = 0;
        if (_schema != Schema)
        {
            return $"has schema {_schema}, and this version reads {Schema}";
        }

        if (!PatternName.IsValid(_name))
        {
            return $"names the pattern '{_name}', which is not made of {PatternName.Rule}";
        }

        if (string.IsNullOrEmpty(_version))
        {
            return "has no version";
        }

        // A path could leave the plugin's folder.
        if (string.IsNullOrEmpty(_assembly)
            || _assembly != Path.GetFileName(_assembly)
            || !_assembly.EndsWith(".dll", StringComparison.Ordinal))
        {
            return $"names the assembly '{_assembly}', which is not the name of a .dll file";
        }

        if (_sha256 is not { Length: 64 })
        {
            return "has no sha256 of 64 digits";
        }

        return IsContract(_contract, out major, out minor)
            ? ""
            : $"has the contract '{_contract}', which is not like 1.0";
    }
}
