using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TfgridCompose.Cli.Tests;

/// <summary>A file whose readers are counted: inotify reports each time it is opened and closed.</summary>
internal sealed partial class WatchedFile : IDisposable
{
    private const int NonBlocking = 0x800;
    private const int EventLength = 16;

    // With both, two reads after one another are never reported as one event.
    private const uint Opened = 0x20;
    private const uint ClosedUnchanged = 0x10;

    private readonly FileStream _events;

    public WatchedFile(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        int events = Start(NonBlocking);
        Assert.That(events, Is.Positive, "inotify");
        _events = new FileStream(new SafeFileHandle(events, ownsHandle: true), FileAccess.Read, bufferSize: 0);
        Assert.That(Add(events, path, Opened | ClosedUnchanged), Is.Positive, path);
    }

    /// <summary>How often it was opened since the last look.</summary>
    public int Reads
    {
        get
        {
            byte[] buffer = new byte[100 * EventLength];
            int length;
            try
            {
                length = _events.Read(buffer);
            }
            catch (IOException)
            {
                return 0; // nothing has happened
            }

            return Enumerable.Range(0, length / EventLength).Count(index =>
                (BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan((index * EventLength) + sizeof(int))) & Opened) != 0);
        }
    }

    public void Dispose() => _events.Dispose();

    [LibraryImport("libc", EntryPoint = "inotify_init1")]
    private static partial int Start(int flags);

    [LibraryImport("libc", EntryPoint = "inotify_add_watch", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Add(int events, string path, uint what);
}
