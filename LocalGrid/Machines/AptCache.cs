using System.Security.Cryptography;
using System.Text;
using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.World;

namespace TfgridCompose.LocalGrid.Machines;

/// <summary>
/// Keeps the packages that one machine downloaded for the next one. apt installs what it finds in its archives after a look
/// at the size alone, so only files that the distribution has signed are kept. Each machine gets its own copies: it can write
/// to them, and shares no file and no folder with another machine or this computer.
/// </summary>
internal sealed class AptCache(WorldPaths paths, Computer computer)
{
    private const string Archives = "var/cache/apt/archives";
    private const UnixFileMode Readable = AtomicFile.Private | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const int BufferLength = 1 << 20;
    private const long LargestCache = 1L << 30;

    // In the machine's folder on this computer, which the machine cannot see.
    private const string SeenList = "seen-packages";

    // Machines of one deployment start at the same time.
    private static readonly Lock Harvesting = new();

    public void Fill(GuestFiles files)
    {
        if (!Directory.Exists(paths.AptCache))
        {
            return;
        }

        string target = files.Directory(Archives);
        foreach (string package in Directory.EnumerateFiles(paths.AptCache, "*.deb"))
        {
            // On btrfs and XFS, the runtime's copy shares the blocks until one side changes.
            string copy = Path.Combine(target, Path.GetFileName(package));
            try
            {
                File.Copy(package, copy, overwrite: true);
                File.SetUnixFileMode(copy, Readable);
            }
            catch (FileNotFoundException)
            {
                // Another process has removed it from the cache.
            }
        }
    }

    public void HarvestAll()
    {
        if (!Directory.Exists(paths.Machines))
        {
            return;
        }

        if (Directory.Exists(paths.UncheckedAptCache))
        {
            Cleanup.Try(computer, () => Trees.Delete(computer, paths.UncheckedAptCache));
        }

        lock (Harvesting)
        {
            foreach (string machine in Directory.EnumerateDirectories(paths.Machines))
            {
                Harvest(machine);
            }
        }
    }

    /// <summary>apt downloads into partial/ and moves complete files, so every .deb beside it is complete. Each is read once.</summary>
    public void Harvest(string machineDirectory)
    {
        string upper = Path.Combine(machineDirectory, "upper");
        using var archives = ForeignFolder.Open(upper, Archives);
        string seenList = Path.Combine(machineDirectory, SeenList);
        string[] names = [.. archives?.Names(".deb") ?? []];
        HashSet<string> wanted = [.. names.Where(name => !File.Exists(Path.Combine(paths.AptCache, name)))];
        wanted.ExceptWith(File.Exists(seenList) ? File.ReadLines(seenList) : []);
        if (archives is null || wanted.Count == 0)
        {
            return;
        }

        try
        {
            TakeSigned(archives, new SignedPackages(computer).Find(upper, wanted));
            AtomicFile.Write(seenList, Encoding.UTF8.GetBytes(string.Join('\n', names)), AtomicFile.Private);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The disk is full, for example. The cache only saves time, so removing a machine must not fail because of it.
            computer.Warnings.WriteLine($"[WARN] packages of {Path.GetFileName(machineDirectory)} are not kept: {e.Message}");
        }
    }

    private void TakeSigned(ForeignFolder archives, IReadOnlyDictionary<string, PackageHash> signed)
    {
        long left = LargestCache;
        foreach ((string name, PackageHash hash) in signed)
        {
            RootFolder.Create(paths.Caches);
            RootFolder.Create(paths.AptCache);
            using FileStream? package = archives.OpenFile(name, left);
            if (package is not null && package.Length == hash.Length)
            {
                left -= hash.Length;
                Take(package, name, hash);
            }
        }

        Prune();
    }

    // Removes the oldest packages first.
    private void Prune()
    {
        if (!Directory.Exists(paths.AptCache))
        {
            return;
        }

        long left = LargestCache;
        foreach (FileInfo package in new DirectoryInfo(paths.AptCache).GetFiles("*.deb").OrderByDescending(file => file.LastWriteTimeUtc))
        {
            left -= package.Length;
            if (left < 0)
            {
                package.Delete();
            }
        }
    }

    // Hashes the copy, because the machine may change its file in the meantime.
    private void Take(FileStream package, string name, PackageHash expected)
    {
        string temporary = Path.Combine(paths.AptCache, $"{name}.{Environment.ProcessId}.{Guid.NewGuid():n}.tmp");
        try
        {
            if (Copy(package, temporary, expected.Length) == expected.Sha256)
            {
                File.SetUnixFileMode(temporary, Readable);
                File.Move(temporary, Path.Combine(paths.AptCache, name), overwrite: true);
            }
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static string Copy(FileStream package, string path, long length)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using FileStream copy = new(path, FileMode.CreateNew, FileAccess.Write);
        byte[] buffer = new byte[BufferLength];
        int read;
        while (length > 0 && (read = package.Read(buffer, 0, (int)Math.Min(length, BufferLength))) > 0)
        {
            hash.AppendData(buffer, 0, read);
            copy.Write(buffer, 0, read);
            length -= read;
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
