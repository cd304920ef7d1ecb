using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using TfgridCompose.Core.Tests.Plugins.Loading;
using TfgridCompose.Tests.Shared.Attack;

namespace TfgridCompose.Core.Tests.Plugins.Packages;

/// <summary>Ways to spoil a good package, each drawn from a seeded source.</summary>
internal sealed class PackageMutations(Random random, byte[] signed, string marker)
{
    public const string UnchangedFolder = "folder: unchanged";

    private const int LocalHeader = 0x04034B50;
    private const int DirectoryHeader = 0x02014B50;
    private const int DirectoryEnd = 0x06054B50;
    private const string Nuspec = $"{TestPackage.Id}.nuspec";
    private const string Assembly = "pattern/TfgridCompose.Good.dll";
    private const string Descriptor = "pattern/plugin.json";
    private const string MainFile = "pattern/infrastructure/main.tf";
    private static readonly byte[] Good = new TestPackage().Bytes();
    private readonly ByteMutations _bytes = new(random);

    public static IReadOnlyList<(string Kind, Func<PackageMutations, byte[]> Make)> All { get; } =
    [
        ("unchanged", each => Good),
        ("bits flipped", each => each.Flipped(Good, 0, Good.Length)),
        ("bytes overwritten", each => each.Overwritten(Good)),
        ("cut off", each => Good[..each.Next(Good.Length)]),
        ("a piece missing", each => each.WithoutPiece(Good)),
        ("bytes before or after", each => each.Surrounded()),
        ("directory damaged", each => each.Flipped(Good, Good.Length - 800, Good.Length)),
        ("end record damaged", each => each.Flipped(Good, Good.Length - 22, Good.Length)),
        ("huge claim", each => each.WithField(Good, [22, 18], [24, 20], each.Pick([0xFFFFFFF0u, 0x7FFFFFFFu, 0xFFFFFFFFu, 1u, 0u]))),
        ("other method or flags", each => each.WithField(Good, [6], [8], (uint)each.Next(int.MaxValue))),
        ("other offset", each => each.WithField(Good, [26], [42], (uint)each.Next(Good.Length * 2))),
        ("renamed out of the folder", each => each.Renamed()),
        ("entry out of the folder", each => new TestPackage().Add(each.HostileName(), each.Marker).Bytes()),
        ("link", each => each.Linked()),
        ("device or odd mode", each => new TestPackage().Add($"pattern/{each.Marker}", [1], each.Next(0x10000)).Bytes()),
        ("twice", each => each.Twice()),
        ("bomb", each => new TestPackage().Add($"pattern/bomb-{each.Next(9)}.bin", new byte[each.Next(1, 7) * 1024 * 1024]).Bytes()),
        ("many entries", each => each.Many()),
        ("nuspec changed", each => each.Text(Nuspec)),
        (
            "nuspec gone or doubled",
            each => each.Next(2) == 0
                ? new TestPackage().Remove(Nuspec).Bytes()
                : new TestPackage().Add("other.nuspec", new TestPackage().Read(Nuspec)).Bytes()),
        ("assembly swapped", each => new TestPackage().Replace(Assembly, each.OtherAssembly()).Bytes()),
        ("descriptor altered", each => each.Described()),
        ("descriptor broken", each => each.Text(Descriptor)),
        ("dependency file broken", each => each.Text("pattern/TfgridCompose.Good.deps.json")),
        ("file missing", each => each.WithoutFile(new TestPackage())),
        ("signed, then altered", each => each.Flipped(each.Signed, 0, each.Signed.Length)),
        ("signature damaged", each => each.Flipped(each.Signed, each.SignatureAt, each.SignatureAt + 1500)),
        (UnchangedFolder, each => TestPackage.OfFolder().Bytes()),
        ("folder: file missing", each => each.WithoutFile(TestPackage.OfFolder())),
        ("folder: pattern.yaml broken", each => each.FolderText("pattern/pattern.yaml")),
        ("folder: main.tf broken", each => each.FolderText(MainFile)),
        ("folder: nested deeply", each => each.Nested()),
        ("two spoilings", each => each.Overwritten(each.Flipped(each.Described(), 0, 500))),
    ];

    private byte[] Signed => signed;

    private int SignatureAt => signed.AsSpan().LastIndexOf(".signature.p7s"u8) - 3000;

    private string Marker => marker;

    private int Next(int most) => random.Next(most);

    private int Next(int least, int most) => random.Next(least, most);

    private T Pick<T>(IReadOnlyList<T> items) => items[random.Next(items.Count)];

    private byte[] Flipped(byte[] package, int from, int to) => _bytes.Flipped(package, from, to);

    private byte[] Overwritten(byte[] package) => _bytes.Overwritten(package);

    private byte[] WithoutPiece(byte[] package) => _bytes.WithoutPiece(package);

    private byte[] Surrounded()
    {
        byte[] more = new byte[random.Next(1, 300)];
        random.NextBytes(more);
        return random.Next(2) == 0 ? [.. more, .. Good] : [.. Good, .. more];
    }

    // A field of one of the headers, in the entry's own or in the directory's.
    private byte[] WithField(byte[] package, int[] local, int[] directory, uint value)
    {
        byte[] changed = [.. package];
        bool own = random.Next(2) == 0;
        int[] headers =
        [
            .. Enumerable.Range(0, package.Length - 46).Where(
                at => BitConverter.ToInt32(package, at) == (own ? LocalHeader : DirectoryHeader)),
        ];
        BitConverter.TryWriteBytes(changed.AsSpan(Pick(headers) + Pick(own ? local : directory)), value);
        if (random.Next(4) == 0)
        {
            int end = package.AsSpan().LastIndexOf(BitConverter.GetBytes(DirectoryEnd));
            BitConverter.TryWriteBytes(changed.AsSpan(end + Pick(new[] { 8, 10, 12, 16 })), (ushort)value);
        }

        return changed;
    }

    private string HostileName()
    {
        string up = string.Concat(Enumerable.Repeat(Pick(["../", "..\\", "%2e%2e/", "..%2f", "./../"]), random.Next(1, 9)));
        return Pick(
        [
            $"pattern/{up}{marker}", $"{up}{marker}", $"/{marker}", $"/tmp/{marker}", $"pattern//{marker}",
            $"pattern/a/{up}{up}{marker}", $"C:\\{marker}",
            $"pattern/\0{marker}", $"//{marker}", $"pattern/./{marker}",
            $"pattern/{new string('a', random.Next(200, 2000))}/{marker}", $"~/{marker}", $"pattern/{marker}/..",
        ]);
    }

    private byte[] Renamed()
    {
        var package = new TestPackage();
        return package.Rename(Pick(package.Names), HostileName()).Bytes();
    }

    private byte[] Linked()
    {
        const int SymbolicLink = 0xA1FF;
        string target = Pick(["/tmp", "../../..", "/etc/passwd", $"../../{marker}"]);
        TestPackage package = new TestPackage().Add("pattern/link", Encoding.UTF8.GetBytes(target), SymbolicLink);
        return random.Next(2) == 0 ? package.Bytes() : package.Add($"pattern/link/{marker}", "through the link").Bytes();
    }

    private byte[] Twice()
    {
        var package = new TestPackage();
        string name = Pick(package.Names);
        return package.Add(
            random.Next(2) == 0 ? name : name.ToUpperInvariant(),
            random.Next(2) == 0 ? package.Read(name) : [1, 2, 3]).Bytes();
    }

    private byte[] Many()
    {
        var package = new TestPackage();
        for (int i = random.Next(100, 900); i > 0; i--)
        {
            package.Add($"pattern/files/{i}.txt", []);
        }

        return package.Bytes();
    }

    private byte[] Text(string name)
    {
        var package = new TestPackage();
        string text = Encoding.UTF8.GetString(package.Read(name));
        string changed = random.Next(4) switch
        {
            0 => text[..random.Next(text.Length)],
            1 =>
                text.Replace(
                    Pick(["1.0.0", "Acme", "TfgridComposePattern", "id", "metadata", "good", "{", "\""]),
                    Pick(["", "..", "9.9.9", "<", "\u0000", "x"]),
                    StringComparison.Ordinal),
            2 =>
                text.Insert(
                    random.Next(text.Length),
                    Pick(["<!DOCTYPE a [<!ENTITY b 'c'>]>", "&b;", "\uFEFF", "]", "{", "\\u0000", "999999999999999999999"])),
            _ => Encoding.Latin1.GetString(Overwritten(Encoding.UTF8.GetBytes(text))),
        };
        return package.Replace(name, Encoding.UTF8.GetBytes(changed)).Bytes();
    }

    private byte[] OtherAssembly() => random.Next(3) switch
    {
        0 => [],
        1 => File.ReadAllBytes(PluginFolders.AssemblyOf(PluginFolders.StagedFolder("two-exports"))),
        _ => Flipped(new TestPackage().Read(Assembly), 0, int.MaxValue),
    };

    private byte[] Described()
    {
        var package = new TestPackage();
        JsonNode json = JsonNode.Parse(package.Read(Descriptor))!;
        string field = Pick([
            "schema",
            "id",
            "name",
            "version",
            "description",
            "assembly",
            "sha256",
            "contract",
            "requires",
            "options",
            "roles",
            "outputs",
            "commands",
        ]);
        json[field] = Pick<Func<JsonNode?>>(
        [
            () => null, () => $"../../{marker}", () => "taken", () => new string(
                '0',
                64), () => "9.0", () => 1, () => -1e300, () => true, () => new JsonArray(1, null, "x"), () => new JsonObject(),
            () => "plugin.json", () => "", () => "a\u0000b", () => $"/tmp/{marker}",
        ])();
        return package.Replace(Descriptor, Encoding.UTF8.GetBytes(json.ToJsonString())).Bytes();
    }

    private byte[] WithoutFile(TestPackage package) => package.Remove(Pick(package.Names)).Bytes();

    private byte[] FolderText(string name)
    {
        var package = TestPackage.OfFolder();
        string text = Encoding.UTF8.GetString(package.Read(name));
        string changed = random.Next(4) switch
        {
            0 => text[..random.Next(text.Length)],
            1 => text.Replace(
                Pick(["small", "1.0.0", "server", "cpu", "512M", "{", "\"", "variable", "node_id", ":"]), Pick(
                    ["", "..", $"../../{marker}", "&a", "*a", "\u0000", "${", "<<E", "taken", "-1"]), StringComparison.Ordinal),
            2 =>
                text.Insert(
                    random.Next(text.Length),
                    Pick([
                        "${",
                        "}",
                        "<<EOT\n",
                        "/*",
                        "&a [*a, *a]",
                        "\t",
                        "\uFEFF",
                        "!!binary ",
                        "---\n",
                        "? ",
                        "\"\\",
                        "%{ for ",
                        "99999999999999999999",
                    ])),
            _ => Encoding.Latin1.GetString(Overwritten(Encoding.UTF8.GetBytes(text))),
        };
        return package.Replace(name, Encoding.UTF8.GetBytes(changed)).Bytes();
    }

    private byte[] Nested()
    {
        const int Depth = 200_000;
        var package = TestPackage.OfFolder();
        if (random.Next(4) == 0)
        {
            string yaml =
                $"{Encoding.UTF8.GetString(package.Read("pattern/pattern.yaml"))}failure: {Repeated(Pick(["[", "{a: ", "- "]), Depth)}";
            return package.Replace("pattern/pattern.yaml", Encoding.UTF8.GetBytes(yaml)).Bytes();
        }

        string opened = Repeated(Pick(["\"${", "[", "{ a = ", "(", "f(", "a ? ", "!", "\"%{ if "]), Depth);
        string text = random.Next(2) == 0 ? $"locals {{ a = {opened} }}\n" : Repeated("a {\n", Depth);
        return package.Replace(MainFile, Encoding.UTF8.GetBytes(text)).Bytes();
    }

    private static string Repeated(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
