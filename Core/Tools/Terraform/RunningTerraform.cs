using TfgridCompose.Core.Foundation.Files;

namespace TfgridCompose.Core.Tools.Terraform;

/// <summary>The Terraform and OpenTofu processes of this computer.</summary>
internal static class RunningTerraform
{
    private const string Processes = "/proc";
    private const char Zombie = 'Z';
    private static readonly string[] Names = ["terraform", "tofu"];

    /// <summary>Whether one runs, or may run: if the kernel does not list all processes, nobody can tell.</summary>
    public static bool IsAny() =>
        !OperatingSystem.IsLinux()
            || !File.Exists($"{Processes}/1/stat")
            || Directory.EnumerateDirectories(Processes)
                .Where(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0]))
                .Any(IsOne);

    // "terraform" and "terraform1.11", but no provider and no editor's server such as "terraform-ls": they take no lock.
    private static bool IsNamed(string program, string name) =>
        program.StartsWith(name, StringComparison.Ordinal) && (program.Length == name.Length || program[name.Length] != '-');

    // For example "4242 (terraform) S ...": the name can contain brackets.
    internal static bool IsOne(string folder)
    {
        try
        {
            string status = PlainFile.ReadText(Path.Combine(folder, "stat"));
            int from = status.IndexOf('(', StringComparison.Ordinal) + 1;
            int to = status.LastIndexOf(')');
            return from > 0
                && to + 2 < status.Length
                && status[to + 2] != Zombie
                && Names.Any(name => IsNamed(status[from..to], name));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // The process has ended in the meantime.
            return false;
        }
    }
}
