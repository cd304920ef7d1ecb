using System.IO.Compression;
using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Plugins.Packages;

namespace TfgridCompose.Core.Tests.Plugins.Packages;

/// <summary>Packages made to do harm, served as they are.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class HostilePackageTests : IDisposable
{
    private const int SymbolicLink = 0xA1FF;
    private const int CharacterDevice = 0x21FF;
    private readonly PackageLab _lab = new();
    private readonly LoopbackFeed _feed = new();

    public void Dispose()
    {
        _feed.Dispose();
        _lab.Dispose();
    }

    [TestCase("pattern/../../../evil.txt")]
    [TestCase("../evil.txt")]
    [TestCase("/tmp/evil.txt")]
    [TestCase("pattern//evil.txt")]
    [TestCase("pattern/./evil.txt")]
    [TestCase("pattern/..")]
    [TestCase("pattern/%2e%2e/%2e%2e/evil.txt")]
    [TestCase("pattern\\..\\evil.txt")]
    [TestCase("pattern/a\\b.txt")]
    [TestCase("pattern/%5c..%5cevil.txt")]
    [TestCase("C:/evil.txt")]
    [TestCase("pattern/a\0b.txt")]
    [TestCase("pattern/%00b.txt")]
    [TestCase("pattern/a\u001b[31m.txt")]
    public void A_name_that_leaves_the_folder_is_refused(string name)
    {
        Serve(new TestPackage().Add(name, "evil"));

        string message = Refused(PackageCodes.UnsafeEntry);

        Assert.That(message, Has.None.Matches<char>(char.IsControl));
    }

    [TestCase("pattern/link", SymbolicLink)]
    [TestCase("pattern/device", CharacterDevice)]
    [TestCase("elsewhere/link", SymbolicLink)]
    [TestCase("pattern/folder-as-file", 0x41ED)]
    public void A_link_or_a_device_is_refused(string name, int mode)
    {
        Serve(new TestPackage().Add(name, "/etc/passwd"u8.ToArray(), mode));

        Refused(PackageCodes.UnsafeEntry);
    }

    [TestCase("pattern/.installed.json")]
    [TestCase("pattern/.installed.json/")]
    [TestCase("pattern/.installed.json/inside.txt")]
    [TestCase("pattern/.Installed%2ejson")]
    public void The_place_of_the_installations_record_is_refused(string name)
    {
        Serve(new TestPackage().Add(name, "{}"));

        Assert.That(Refused(PackageCodes.UnsafeEntry), Does.Contain("own record"));
    }

    [TestCase("pattern/plugin.json")]
    [TestCase("pattern/PLUGIN.json")]
    [TestCase("pattern/README.md/inside.txt")]
    [TestCase("pattern/readme.MD/")]
    [TestCase("pattern/plugin%2ejson")]
    public void Two_entries_for_one_place_are_refused(string name)
    {
        Serve(new TestPackage().Add(name, ""));

        Assert.That(Refused(PackageCodes.UnsafeEntry), Does.Contain("twice"));
    }

    [Test]
    public void A_file_that_unpacks_to_too_much_is_refused_by_what_was_read()
    {
        _lab.Limits = new PackageLimits { FileBytes = 100_000 };
        Serve(new TestPackage().Add("pattern/bomb.bin", new byte[200_000]));

        Assert.That(Refused(PackageCodes.TooLarge), Does.Contain("bomb.bin"));
    }

    [Test]
    public void Files_that_unpack_to_too_much_together_are_refused()
    {
        _lab.Limits = new PackageLimits { FileBytes = 100_000, TotalBytes = 150_000 };
        Serve(new TestPackage().Add("pattern/a.bin", new byte[90_000]).Add("pattern/b.bin", new byte[90_000]));

        Refused(PackageCodes.TooLarge);
    }

    [Test]
    public void A_package_that_is_too_large_is_not_fetched_to_its_end()
    {
        _lab.Limits = new PackageLimits { PackageBytes = 1000 };
        Serve(new TestPackage());

        Assert.That(Refused(PackageCodes.TooLarge), Does.Contain("1000 bytes"));
    }

    [Test]
    public void Too_many_files_are_refused()
    {
        _lab.Limits = new PackageLimits { Entries = 50 };
        var package = new TestPackage();
        for (int i = 0; i < 50; i++)
        {
            package.Add($"pattern/{i}.txt", "");
        }

        Serve(package);

        Assert.That(Refused(PackageCodes.TooLarge), Does.Contain("50 are allowed"));
    }

    [Test]
    public void A_descriptor_that_unpacks_to_too_much_is_refused()
    {
        _lab.Limits = new PackageLimits { NuspecBytes = 5000 };
        Serve(new TestPackage().Replace($"{TestPackage.Id}.nuspec", new byte[10_000]));

        Assert.That(Refused(PackageCodes.TooLarge), Does.Contain(".nuspec"));
    }

    [Test]
    public void A_descriptor_with_a_document_type_is_refused()
    {
        Serve(new TestPackage().Remove($"{TestPackage.Id}.nuspec").Add(
            $"{TestPackage.Id}.nuspec",
            "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><package>&b;</package>"));

        Refused(PackageCodes.Damaged);
    }

    [Test]
    public void Content_that_differs_from_its_checksum_is_refused()
    {
        var package = new TestPackage();
        byte[] bytes = Stored(package, "pattern/README.md", "some text that is stored as it is"u8.ToArray());
        int at = bytes.AsSpan().IndexOf("some text"u8);
        bytes[at] ^= 1;
        _feed.Add("1.0.0", bytes);

        Assert.That(Refused(PackageCodes.Damaged), Does.Contain("README.md"));
    }

    [TestCase(0)]
    [TestCase(10)]
    [TestCase(2000)]
    public void A_package_that_was_cut_off_is_refused(int length)
    {
        _feed.Add("1.0.0", new TestPackage().Bytes()[..length]);

        Refused(PackageCodes.Damaged);
    }

    [Test]
    public void A_page_of_text_is_no_package()
    {
        _feed.Add("1.0.0", "<html>please log in</html>"u8.ToArray());

        Refused(PackageCodes.Damaged);
    }

    private static byte[] Stored(TestPackage package, string name, byte[] content)
    {
        using var stream = new MemoryStream();
        stream.Write(package.Remove(name).Bytes());
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        using (Stream entry = archive.CreateEntry(name, CompressionLevel.NoCompression).Open())
        {
            entry.Write(content);
        }

        return stream.ToArray();
    }

    private void Serve(TestPackage package) => _feed.Add("1.0.0", package.Bytes());

    private string Refused(string code) => _lab.Refused(code, source: _feed.Index).Message;
}
