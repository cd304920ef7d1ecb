using System.Globalization;
using System.Text.RegularExpressions;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Manifests.Tree;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Manifests.Reading;

/// <summary>Reads <c>resources.ports</c>: <c>22:ssh</c>, <c>8080</c>, <c>{port: 80, name: http}</c>.</summary>
internal static partial class PortReader
{
    public static IReadOnlyList<PortSpec> Read(LocatedMap root, TreeReader reader)
    {
        var ports = new List<PortSpec>();
        foreach (LocatedNode item in reader.Items(reader.Map(root, "resources"), "ports"))
        {
            PortSpec? port = Port(item, reader);
            if (port is not null && ports.Any(other => other.Number == port.Number))
            {
                reader.Error(
                    ManifestCodes.PortTwice,
                    $"The port {port.Number} is listed twice.",
                    "Remove one of them.",
                    item.Location);
            }
            else if (port is not null)
            {
                ports.Add(port);
            }
        }

        return ports;
    }

    /// <summary>A port's number, or null.</summary>
    public static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number is >= 1 and <= 65535 ? number : null;

    private static PortSpec? Port(LocatedNode item, TreeReader reader)
    {
        string? text = item switch
        {
            LocatedScalar scalar => scalar.Text.Trim(),
            LocatedMap map => Joined(map, reader),
            _ => null,
        };
        Match match = PortPattern().Match(text ?? "");
        if (match.Success && Number(match.Groups["number"].Value) is int number)
        {
            return new PortSpec(number, match.Groups["name"].Value);
        }

        reader.Error(
            ManifestCodes.PortInvalid, $"{(text is null ? item.Kind : $"'{Excerpt.Of(text)}'")} is not a port.",
            "Write 'NUMBER:NAME', for example '80:http'; numbers go from 1 to 65535.", item.Location);
        return null;
    }

    private static string Joined(LocatedMap map, TreeReader reader)
    {
        string number = reader.Text(map, "port") ?? "";
        return reader.Text(map, "name") is string name ? $"{number}:{name}" : number;
    }

    [GeneratedRegex(@"^(?<number>[0-9]{1,9})(:(?<name>[A-Za-z0-9._-]+))?\z")]
    private static partial Regex PortPattern();
}
