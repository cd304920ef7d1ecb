using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace TfgridCompose.LocalGrid.Protocol;

/// <summary>The socket of a provider. Its name contains the process id, and nobody else can take it beforehand.</summary>
internal static class PluginSocket
{
    private const string Start = "tfgrid-localgrid-";
    private const string End = ".sock";

    public static string NewName() =>
        string.Create(CultureInfo.InvariantCulture, $"{Start}{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(8, true)}{End}");

    /// <summary>Removes the sockets that killed providers of this user left.</summary>
    public static void RemoveDead(string folder)
    {
        try
        {
            foreach (string path in Directory.EnumerateFileSystemEntries(folder, $"{Start}*{End}"))
            {
                string[] words = Path.GetFileName(path)[Start.Length..^End.Length].Split('-');
                if (int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out int process)
                    && !Directory.Exists($"/proc/{process}"))
                {
                    TryDelete(path);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // If there is no folder for the socket, creating the socket reports that.
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            if (IsRefused(path))
            {
                File.Delete(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The socket is another user's, or another provider has already removed it.
        }
    }

    // A container that shares /tmp has its own processes: an id that is unknown here may be alive there.
    private static bool IsRefused(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return false;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.ConnectionRefused;
        }
    }
}
