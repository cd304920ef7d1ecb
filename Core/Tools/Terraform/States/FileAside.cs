using System.Globalization;

namespace TfgridCompose.Core.Tools.Terraform.States;

/// <summary>Moves a file out of the way of the next run, and keeps it in the same folder.</summary>
internal static class FileAside
{
    /// <summary>Returns the new name: <c>terraform.tfstate.unreadable-2</c>.</summary>
    public static string Move(string path, string ending)
    {
        string aside = FreeName($"{path}.{ending}");
        File.Move(path, aside);
        return Path.GetFileName(aside);
    }

    private static string FreeName(string path) => Enumerable.Range(2, int.MaxValue - 2)
        .Select(number => string.Create(CultureInfo.InvariantCulture, $"{path}-{number}"))
        .Prepend(path)
        .First(name => !File.Exists(name));
}
