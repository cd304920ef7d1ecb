using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Plugins.Descriptors;

/// <summary>
/// Reads a descriptor's head token by token: every listing pays for it, and a serializer's start-up costs more than all
/// the rest.
/// </summary>
internal ref struct DescriptorReader
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
        ReadOnlySpan<byte> json, [NotNullWhen(true)] out PluginDescriptor? descriptor, out string problem)
    {
        // The plain form is enough for a descriptor that turns out valid; the real reader judges all others.
        var fields = new DescriptorReader();
        var scan = new DescriptorScan(json);
        if (scan.Members() is { } members)
        {
            fields.Fill(members);
            if (fields.TryMake(out descriptor, out problem))
            {
                return true;
            }
        }

        if (scan.IsBroken)
        {
            descriptor = null;
            problem = $"is no valid JSON (line {scan.Line})";
            return false;
        }

        return TryReadAnyForm(json, out descriptor, out problem);
    }

    // Apart, so that a listing of plain descriptors does not even load System.Text.Json.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryReadAnyForm(
        ReadOnlySpan<byte> json, [NotNullWhen(true)] out PluginDescriptor? descriptor, out string problem)
    {
        var fields = default(DescriptorReader);
        try
        {
            fields.Read(json);
        }
        catch (JsonException invalid)
        {
            descriptor = null;
            problem = $"is no valid JSON (line {invalid.LineNumber + 1})";
            return false;
        }

        return fields.TryMake(out descriptor, out problem);
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

    private void Fill(List<KeyValuePair<string, string>> members)
    {
        foreach (KeyValuePair<string, string> member in members)
        {
            switch (member.Key)
            {
                case "schema":
                    _schema = member.Value == "1" ? Schema : 0;
                    break;
                case "name":
                    _name = member.Value;
                    break;
                case "version":
                    _version = member.Value;
                    break;
                case "description":
                    _description = member.Value;
                    break;
                case "assembly":
                    _assembly = member.Value;
                    break;
                case "sha256":
                    _sha256 = member.Value;
                    break;
                case "crc32c":
                    _crc32C = member.Value;
                    break;
                case "contract":
                    _contract = member.Value;
                    break;
                default:
                    break;
            }
        }
    }

    private void Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("schema"u8))
            {
                reader.Read();
                _schema = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int schema) ? schema : 0;
            }
            else if (reader.ValueTextEquals("name"u8))
            {
                _name = Text(ref reader);
            }
            else if (reader.ValueTextEquals("version"u8))
            {
                _version = Text(ref reader);
            }
            else if (reader.ValueTextEquals("description"u8))
            {
                _description = Text(ref reader);
            }
            else if (reader.ValueTextEquals("assembly"u8))
            {
                _assembly = Text(ref reader);
            }
            else if (reader.ValueTextEquals("sha256"u8))
            {
                _sha256 = Text(ref reader);
            }
            else if (reader.ValueTextEquals("crc32c"u8))
            {
                _crc32C = Text(ref reader);
            }
            else if (reader.ValueTextEquals("contract"u8))
            {
                _contract = Text(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString();
        }

        reader.Skip();
        return null;
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

    internal static bool IsContract(string? text, out int major, out int minor)
    {
        major = minor = 0;
        int dot = text?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        return dot > 0
            && int.TryParse(text.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out major)
            && int.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out minor);
    }
}
