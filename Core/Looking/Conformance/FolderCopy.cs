using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Looking.Conformance;

/// <summary>
/// Copies a folder's regular files. Links and folders whose name begins with a dot are passed over: a sample's link to
/// a deployment, a repository.
/// </summary>
internal static class FolderCopy
{
    public static void Copy(string source, string target)
    {
        try
        {
            CopyAll(source, target);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(
                ExitCode.Usage,
                ConformanceCodes.CopyFailed,
                $"{source} cannot be copied to {target}: {refused.Message}",
                "give this user the right to read it, or remove the file");
        }
    }

    private static void CopyAll(string source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (FileSystemInfo entry in new DirectoryInfo(source)
            .EnumerateFileSystemInfos()
            .Where(entry => entry.LinkTarget is null))
        {
            string copy = Path.Combine(target, entry.Name);
            if (entry is FileInfo file)
            {
                file.CopyTo(copy, overwrite: true);
            }
            else if (!entry.Name.StartsWith('.'))
            {
                CopyAll(entry.FullName, copy);
            }
        }
    }
}
