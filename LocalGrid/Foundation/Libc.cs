using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace TfgridCompose.LocalGrid.Foundation;

internal static partial class Libc
{
    public const int SigKill = 9;
    public const int Detach = 2;
    public const uint UsualUmask = 0x12; // octal 022
    public const int SetFileFlags = 2;
    public const int CloseOnExec = 1;

    public static bool IsRoot => GetEffectiveUser() == 0;

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();

    /// <summary>The process that started this one or, after that has ended, another one.</summary>
    [LibraryImport("libc", EntryPoint = "getppid")]
    public static partial int ParentProcess();

    [LibraryImport("libc", EntryPoint = "umask")]
    public static partial uint SetUmask(uint mask);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetEnvironment(string name, string value, int overwrite);

    /// <summary>Exits at once. The runtime's own shutdown takes 40 ms, each time the provider is started.</summary>
    [LibraryImport("libc", EntryPoint = "_exit")]
    public static partial void ExitNow(int code);

    [LibraryImport("libc", EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Mount(string source, string target, string type, nuint flags, string options);

    [LibraryImport("libc", EntryPoint = "umount2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Unmount(string target, int flags);

    /// <summary>For <see cref="Open"/>: a path that is not relative to an open folder.</summary>
    public const int WorkingFolder = -100;

    /// <summary>Flags to read a folder, and a file, that must not be a link.</summary>
    public static int OpenFolder => OpenFile | DirectoryOnly;

    public static int OpenFile => NonBlocking | NoFollow | CloseOnOpenExec;

    private const int NonBlocking = 0x800;
    private const int CloseOnOpenExec = 0x80000;

    // These two differ between processors: https://man7.org/linux/man-pages/man2/open.2.html
    private static int DirectoryOnly => IsArm ? 0x4000 : 0x10000;

    private static int NoFollow => IsArm ? 0x8000 : 0x20000;

    private static bool IsArm => RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm;

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial SafeFileHandle Open(int folder, string path, int flags);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int FileStatus(int folder, string path, int flags, uint mask, byte[] status);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    public static partial int ControlFile(int file, int command, int value);

    public static string LastError => Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());
}
