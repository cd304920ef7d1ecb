using System.Runtime.InteropServices;

namespace TfgridCompose.LocalGrid.Tests.Support;

/// <summary>Runs code on a thread that reads files as another user: root may read everything.</summary>
internal static partial class FilesAsNobody
{
    private const uint Nobody = 65534;

    public static T Run<T>(Func<T> action)
    {
        T? result = default;
        Exception? problem = null;

        // setfsuid(2) is for one thread, which ends here.
        var thread = new Thread(() =>
        {
            _ = SetUser(Nobody);
            try
            {
                result = action();
            }
            catch (Exception thrown)
            {
                problem = thrown;
            }
        });
        thread.Start();
        thread.Join();
        return problem is null ? result! : throw new InvalidOperationException("it failed as nobody", problem);
    }

    [LibraryImport("libc", EntryPoint = "setfsuid")]
    private static partial int SetUser(uint user);
}
