using System.Diagnostics;

namespace TfgridCompose.Core.Records.Locks;

internal static class RunningProcess
{
    /// <summary>Whether a process with this id runs on this machine.</summary>
    public static bool Is(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
