using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using TfgridCompose.Core.Foundation.Files;

namespace TfgridCompose.Core.Tests.Foundation.Files;

/// <summary>Files, and what may stand in their place.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[CancelAfter(20_000)]
public sealed class PlainFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tfc-plain-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_file_is_read_as_the_library_reads_it()
    {
        string file = In("file");
        File.WriteAllText(file, "one\r\ntwo é\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        Assert.That(PlainFile.ReadText(file), Is.EqualTo(File.ReadAllText(file)));
        Assert.That(PlainFile.ReadLines(file), Is.EqualTo(File.ReadAllLines(file)));
        Assert.That(PlainFile.ReadBytes(file), Is.EqualTo(File.ReadAllBytes(file)));
        Assert.That(PlainFile.ReadBytes("/dev/null"), Is.Empty);
    }

    [Test]
    [Platform("Linux")]
    public void A_file_without_a_length_is_read_to_its_end()
    {
        string text = PlainFile.ReadText("/proc/self/cgroup");

        Assert.That(text, Is.Not.Empty);
        Assert.That(Encoding.UTF8.GetString(PlainFile.ReadBytes("/proc/self/cgroup")), Is.EqualTo(text));
    }

    [Test]
    public void A_pipe_a_socket_and_a_terminal_are_refused_at_once()
    {
        using var process = Process.Start("mkfifo", [In("pipe")]);
        process.WaitForExit();
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(In("socket")));

        foreach (string path in new[] { In("pipe"), In("socket"), "/dev/ptmx" })
        {
            Assert.That(
                () => PlainFile.Open(path), Throws.TypeOf<SpecialFileException>().With.Message.StartsWith($"'{path}' is a named pipe"));
            Assert.That(PlainFile.IsSpecial(path), path);
        }
    }

    [Test]
    public void Other_problems_are_the_librarys_exceptions()
    {
        Assert.That(() => PlainFile.Open(In("missing")), Throws.TypeOf<FileNotFoundException>().With.Message.Contains(In("missing")));
        Assert.That(() => PlainFile.Open(In("no/folder")), Throws.TypeOf<DirectoryNotFoundException>());
        Assert.That(() => PlainFile.Open(_folder), Throws.TypeOf<UnauthorizedAccessException>());
        Assert.That(new[] { In("missing"), _folder }.Select(PlainFile.IsSpecial), Has.All.False);
    }

    [Test]
    public async Task Where_a_pipe_may_stand_it_is_read_to_its_end()
    {
        using var pipe = Process.Start("mkfifo", [In("pipe")]);
        await pipe.WaitForExitAsync();
        using var writer = Process.Start("sh", ["-c", $"(echo A=1; sleep 0.3; echo B=2) >'{In("pipe")}'"]);

        Assert.That(Encoding.UTF8.GetString(PipedFile.ReadBytes(In("pipe"), 100)), Is.EqualTo("A=1\nB=2\n"));

        await writer.WaitForExitAsync();
        File.WriteAllText(In("file"), "0123456789");
        Assert.That(PipedFile.ReadBytes(In("file"), 4), Has.Length.EqualTo(5), "one byte shows that there is more");
    }

    [Test]
    public void A_pipe_into_which_nobody_writes_is_an_error()
    {
        using var process = Process.Start("mkfifo", [In("pipe")]);
        process.WaitForExit();

        Assert.That(
            () => PipedFile.ReadBytes(In("pipe"), 100, TimeSpan.FromMilliseconds(50)),
            Throws.TypeOf<IOException>().With.Message.EqualTo($"nothing was written to '{In("pipe")}' for 0.05 s"));
    }

    private string In(string name) => Path.Combine(_folder, name);
}
