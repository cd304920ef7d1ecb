using System.Diagnostics;
using System.Globalization;

namespace TfgridCompose.EndToEnd.Tests.Support;

/// <summary>A process that the test started and everything that it started, found by parent ids.</summary>
internal static class ProcessTree
{
    private const int MostRounds = 50;

    /// <summary>SIGKILL to it alone; what it started goes on.</summary>
    public static void KillAlone(int root) => Send("KILL", [root]);

    /// <summary>
    /// SIGKILL to it and all its descendants. They are stopped first, from the top down, so that none starts another one meanwhile.
    /// </summary>
    public static void KillAll(int root)
    {
        var stopped = new List<int>();
        for (int round = 0; round < MostRounds; round++)
        {
            int[] running = [.. WithDescendants(root).Except(stopped)];
            if (running.Length == 0)
            {
                break;
            }

            Send("STOP", running);
            stopped.AddRange(running);
        }

        Send("KILL", stopped);
    }

    /// <summary>A signal to it alone.</summary>
    public static void Signal(int process, string signal) => Send(signal, [process]);

    public static IReadOnlyList<int> WithDescendants(int root)
    {
        ILookup<int, int> children = ProcessFiles.All().ToLookup(process => process.Parent ?? 0, process => process.Id);
        List<int> found = [root];
        for (int i = 0; i < found.Count; i++)
        {
            found.AddRange(children[found[i]]);
        }

        return found;
    }

    private static void Send(string signal, IReadOnlyCollection<int> processes)
    {
        // The output is ignored: it is no error if one of them has already ended.
        string[] ids = [.. processes.Select(id => id.ToString(CultureInfo.InvariantCulture))];
        using Process kill = Process.Start(new ProcessStartInfo("kill", ["-s", signal, "--", .. ids])
        {
            RedirectStandardError = true,
        })!;
        kill.WaitForExit();
    }
}
