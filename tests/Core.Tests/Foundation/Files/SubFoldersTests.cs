using TfgridCompose.Core.Foundation.Files;

namespace TfgridCompose.Core.Tests.Foundation.Files;

public sealed class SubFoldersTests
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("tfc-folders-");

    [OneTimeTearDown]
    public void Remove() => _root.Delete(recursive: true);

    [Test]
    public void The_same_folders_as_System_IO_finds_in_the_order_of_their_names()
    {
        foreach (string name in new[] { "b", "a", "with blank", "ü", ".hidden", "a-long-name-" + new string('x', 200) })
        {
            _root.CreateSubdirectory($"mixed/{name}");
        }

        string mixed = Path.Combine(_root.FullName, "mixed");
        File.WriteAllText(Path.Combine(mixed, "file"), "");
        File.CreateSymbolicLink(Path.Combine(mixed, "to-folder"), Path.Combine(mixed, "a"));
        File.CreateSymbolicLink(Path.Combine(mixed, "to-file"), Path.Combine(mixed, "file"));
        File.CreateSymbolicLink(Path.Combine(mixed, "to-nothing"), Path.Combine(mixed, "gone"));

        Assert.That(SubFolders.Of(mixed), Is.EqualTo(Directory.GetDirectories(mixed).Order(StringComparer.Ordinal)));
        Assert.That(SubFolders.Of(mixed), Has.Count.EqualTo(7));
    }

    [Test]
    public void Nothing_is_found_in_an_empty_folder_and_in_none()
    {
        Assert.That(SubFolders.Of(_root.CreateSubdirectory("empty").FullName), Is.Empty);
        Assert.That(SubFolders.Of(Path.Combine(_root.FullName, "gone")), Is.Empty);
    }

    [Test]
    public void Files_are_read_whole_one_after_the_other_into_the_same_memory()
    {
        var buffer = new FileBuffer();
        byte[] large = [.. Enumerable.Range(0, 300_000).Select(i => (byte)i)];
        string path = Path.Combine(_root.FullName, "large ü");
        File.WriteAllBytes(path, large);
        File.WriteAllText(Path.Combine(_root.FullName, "small"), "small");

        Assert.That(buffer.TryRead(path, out ReadOnlySpan<byte> content) && content.SequenceEqual(large));
        Assert.That(buffer.TryRead(Path.Combine(_root.FullName, "small"), out content) && content.SequenceEqual("small"u8));
        Assert.That(buffer.TryRead(Path.Combine(_root.FullName, "gone"), out _), Is.False);
        Assert.That(buffer.TryRead(_root.FullName, out _), Is.False);
    }
}
