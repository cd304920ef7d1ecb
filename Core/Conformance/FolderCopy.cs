namespace TfgridCompose.Core.Conformance;

/// <summary>Copies a folder's regular files. Links and folders whose name begins with a dot are passed over: a sample's link to a deployment, a repository.</summary>
internal static class FolderCopy
{
    public static void Copy(string source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (FileSystemInfo entry in new DirectoryInfo(source).EnumerateFileSystemInfos().Where(entry => entry.LinkTarget is null))
        {
            string copy = Path.Combine(target, entry.Name);
            if (entry is FileInfo file)
            {
                file.CopyTo(copy, overwrite: true);
            }
            else if (!entry.Name.StartsWith('.'))
            {
                Copy(entry.FullName, copy);
            }
        }
    }
}
