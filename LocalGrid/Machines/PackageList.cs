using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TfgridCompose.LocalGrid.Machines;

/// <summary>A Packages list of an apt repository: paragraphs of "Field: value".</summary>
internal static class PackageList
{
    private const int LongestParagraph = 1 << 20;

    private static readonly string[] Fields = ["Package", "Version", "Architecture", "Size", "SHA256"];

    /// <summary>The hash of this many bytes, and what they say of the wanted files. Exactly what is read is hashed.</summary>
    public static (string Sha256, Dictionary<string, PackageHash> Packages) Read(
        Stream list, long length, IReadOnlySet<string> wanted)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var found = new Dictionary<string, PackageHash>();
        byte[] buffer = new byte[LongestParagraph];
        int kept = 0;
        int read;

        // If a paragraph fills the buffer, reading ends early, and the hash matches no list.
        while (length > 0 && (read = list.Read(buffer, kept, (int)Math.Min(length, buffer.Length - kept))) > 0)
        {
            hash.AppendData(buffer, kept, read);
            length -= read;
            int filled = kept + read;
            int whole = length == 0 ? filled : buffer.AsSpan(0, filled).LastIndexOf("\n\n"u8) + 2;
            whole = whole == 1 ? 0 : whole;
            Read(buffer.AsSpan(0, whole), wanted, found);
            kept = filled - whole;
            Buffer.BlockCopy(buffer, whole, buffer, 0, kept);
        }

        return (Convert.ToHexStringLower(hash.GetHashAndReset()), found);
    }

    private static void Read(ReadOnlySpan<byte> list, IReadOnlySet<string> wanted, Dictionary<string, PackageHash> found)
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
        // The name that apt gives the file: the colon of an epoch is %3a.
        string file = $"{values[0]}_{values[1].Replace(":", "%3a", StringComparison.Ordinal)}_{values[2]}.deb";
        if (wanted.Contains(file) && long.TryParse(values[3], NumberStyles.None, CultureInfo.InvariantCulture, out long length))
        {
            found[file] = new PackageHash(length, values[4].ToLowerInvariant());
        }
    }
}
