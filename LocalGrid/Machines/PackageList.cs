using System.Globalization;
using System.Text;

namespace TfgridCompose.LocalGrid.Machines;

/// <summary>A Packages list of an apt repository: paragraphs of "Field: value".</summary>
internal static class PackageList
{
    private static readonly string[] Fields = ["Package", "Version", "Architecture", "Size", "SHA256"];

    /// <summary>Adds those of the wanted files that the list knows.</summary>
    public static void Read(ReadOnlySpan<byte> list, IReadOnlySet<string> wanted, Dictionary<string, PackageHash> found)
    {
        string[] values = ["", "", "", "", ""];
        while (list.Length > 0)
        {
            int end = list.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? list : list[..end];
            list = end < 0 ? [] : list[(end + 1)..];
            if (line.Length > 0)
            {
                Take(line, values);
            }

            if (line.Length == 0 || list.Length == 0)
            {
                Add(values, wanted, found);
                Array.Fill(values, "");
            }
        }
    }

    private static void Take(ReadOnlySpan<byte> line, string[] values)
    {
        for (int i = 0; i < Fields.Length; i++)
        {
            string field = Fields[i];
            if (line.Length > field.Length + 1 && line[field.Length] == ':' && Ascii.Equals(line[..field.Length], field))
            {
                values[i] = Encoding.UTF8.GetString(line[(field.Length + 1)..]).Trim();
                return;
            }
        }
    }

    private static void Add(string[] values, IReadOnlySet<string> wanted, Dictionary<string, PackageHash> found)
    {
        // As apt names the file: the colon of an epoch is %3a.
        string file = $"{values[0]}_{values[1].Replace(":", "%3a", StringComparison.Ordinal)}_{values[2]}.deb";
        if (wanted.Contains(file) && long.TryParse(values[3], NumberStyles.None, CultureInfo.InvariantCulture, out long length))
        {
            found[file] = new PackageHash(length, values[4].ToLowerInvariant());
        }
    }
}
