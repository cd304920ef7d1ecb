namespace TfgridCompose.LocalGrid.Foundation;

internal sealed class Kernel : IKernel
{
    public bool IsRoot => Libc.IsRoot;

    public string? Mount(string source, string target, string type, string options) =>
        Libc.Mount(source, target, type, 0, options) == 0 ? null : Libc.LastError;

    public void Unmount(string target, bool detach) => _ = Libc.Unmount(target, detach ? Libc.Detach : 0);

    public void Kill(int process) => _ = Libc.Kill(process, Libc.SigKill);

    public bool RemoveDirectory(string path)
    {
        try
        {
            Directory.Delete(path);
            return true;
        }
        catch (IOException)
        {
            return !Directory.Exists(path);
        }
    }
}
