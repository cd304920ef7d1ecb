using System.Diagnostics;

namespace TfgridCompose.EndToEnd.Tests.Support;

/// <summary>A tmpfs of a few megabytes that can be filled and freed.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _filler;

    public SmallDisk(int megabytes)
    {
        _filler = Path.Combine(Folder, "filler");
        Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m,mode=0700", "tmpfs", Folder);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("tfc-disk-").FullName;

    /// <summary>Leaves no byte.</summary>
    public void Fill()
    {
        using FileStream file = File.OpenWrite(_filler);
        file.Seek(0, SeekOrigin.End);
        byte[] page = new byte[4096];
        try
        {
            while (true)
            {
                file.Write(page);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // The disk is full, as intended.
        }
    }

    public void Free() => File.Delete(_filler);

    public void Dispose()
    {
        Run("umount", "--lazy", Folder);
        Directory.Delete(Folder);
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, $"{program} {string.Join(' ', arguments)}");
    }
}
