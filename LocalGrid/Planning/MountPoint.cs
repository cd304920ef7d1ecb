using TfgridCompose.LocalGrid.Foundation;

namespace TfgridCompose.LocalGrid.Planning;

/// <summary>Where a disk may be in a machine.</summary>
internal static class MountPoint
{
    public const string Rule = "an absolute directory below /, without \"..\", and not one of the system's own";

    private const char Separator = '/';

    // A machine without its own files does not boot, and the kernel's file systems would be hidden.
    private static readonly HashSet<string> Whole = ["bin", "boot", "etc", "lib", "lib64", "sbin", "usr", "var"];
    private static readonly HashSet<string> Kernel = ["dev", "proc", "run", "sys"];

    /// <summary>Null: a disk may be there.</summary>
    public static string? Problem(string? path)
    {
        string[] steps = path is null ? [] : path.TrimEnd(Separator).Split(Separator);
        bool isGood = Words.IsLine(path)
            && steps.Length > 1
            && steps[0].Length == 0
            && steps.Skip(1).All(step => step is not ("" or "." or ".."))
            && !Kernel.Contains(steps[1])
            && (steps.Length > 2 || !Whole.Contains(steps[1]));
        return isGood ? null : $"must be {Rule}, got \"{Words.Shown(path)}\"";
    }
}
