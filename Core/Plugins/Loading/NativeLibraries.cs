using System.Buffers.Binary;
using System.Runtime.InteropServices;
using TfgridCompose.Core.Foundation.Files;

namespace TfgridCompose.Core.Plugins.Loading;

/// <summary>
/// Reads the headers of a plugin's native libraries: one for another processor or system would fail at its first call,
/// in the middle of a deployment. Formats: ELF (man 5 elf), Mach-O (mach-o/loader.h).
/// </summary>
internal static class NativeLibraries
{
    private const int HeadLength = 20;
    private const uint ElfMagic = 0x7F454C46;
    private const uint MachMagic = 0xCFFAEDFE;
    private const int ElfMachineAt = 18;
    private const int MachCpuAt = 4;

    /// <summary>The first library that this process cannot load, with its platform; null if there is none.</summary>
    public static string? Mismatch(string folder)
    {
        string[] own = [.. RuntimeIdentifiers.Select(rid => Path.Combine(folder, "runtimes", rid, "native"))];
        foreach (string path in own.Prepend(folder).SelectMany(LibrariesIn))
        {
            if (MadeFor(path) is { } platform && platform != ThisPlatform)
            {
                return $"{Path.GetFileName(path)} is built for {platform}, but this is {ThisPlatform}";
            }
        }

        return null;
    }

    private static string ThisPlatform =>
        $"{(OperatingSystem.IsMacOS() ? "macOS" : "Linux")} {RuntimeInformation.ProcessArchitecture}";

    // The runtime's own identifier may be a distribution's (ubuntu.24.04-x64); packages use the portable one.
    private static IEnumerable<string> RuntimeIdentifiers =>
        new[] { RuntimeInformation.RuntimeIdentifier, $"{PortableSystem}-{PortableArchitecture}" }.Distinct();

    private static string PortableSystem => OperatingSystem.IsMacOS() ? "osx" : "linux";

    private static string PortableArchitecture => RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    // Libraries for the other system may be in the same folder.
    private static IEnumerable<string> LibrariesIn(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder)
            .Where(path => Path.GetFileName(path)
                .Split('.')
                .Skip(1)
                .Contains(OperatingSystem.IsMacOS() ? "dylib" : "so"))
        : [];

    // Null for an unknown format, which is left to the loader.
    private static string? MadeFor(string path)
    {
        Span<byte> head = stackalloc byte[HeadLength];
        using (FileStream file = PlainFile.Open(path))
        {
            if (file.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false) < HeadLength)
            {
                return null;
            }
        }

        return BinaryPrimitives.ReadUInt32BigEndian(head) switch
        {
            ElfMagic => $"Linux {ElfMachine(BinaryPrimitives.ReadUInt16LittleEndian(head[ElfMachineAt..]))}",
            MachMagic => $"macOS {MachCpu(BinaryPrimitives.ReadUInt32LittleEndian(head[MachCpuAt..]))}",
            _ => null,
        };
    }

    private static string ElfMachine(ushort machine) => machine switch
    {
        0x03 => nameof(Architecture.X86),
        0x28 => nameof(Architecture.Arm),
        0x3E => nameof(Architecture.X64),
        0xB7 => nameof(Architecture.Arm64),
        0xF3 => nameof(Architecture.RiscV64),
        _ => $"machine {machine}",
    };

    private static string MachCpu(uint cpu) => cpu switch
    {
        0x01000007 => nameof(Architecture.X64),
        0x0100000C => nameof(Architecture.Arm64),
        _ => $"processor {cpu}",
    };
}
