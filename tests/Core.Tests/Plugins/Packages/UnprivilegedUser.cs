using System.Runtime.InteropServices;
using TfgridCompose.Core.Foundation.Processes;

namespace TfgridCompose.Core.Tests.Plugins.Packages;

/// <summary>
/// A user who is bound by files' modes, also where the tests run as root: for the calling thread, and for files alone
/// (man 2 setfsuid).
/// </summary>
internal sealed class UnprivilegedUser
{
    private const uint Root = 0;
    private const uint Nobody = 65534;
    private const UnixFileMode Pass = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private static readonly SetUser BecomeUser =
        Marshal.GetDelegateForFunctionPointer<SetUser>(NativeLibrary.GetExport(NativeLibrary.Load("libc.so.6"), "setfsuid"));

    /// <param name="folders">Folders that this user may pass through.</param>
    public UnprivilegedUser(params string[] folders)
    {
        foreach (string folder in folders)
        {
            File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | Pass);
        }
    }

    private delegate int SetUser(uint id);

    public T Run<T>(Func<T> work)
    {
        if (!Privilege.IsRoot)
        {
            return work();
        }

        _ = BecomeUser(Nobody);
        try
        {
            return work();
        }
        finally
        {
            _ = BecomeUser(Root);
        }
    }
}
