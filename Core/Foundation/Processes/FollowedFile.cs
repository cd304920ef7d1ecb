using System.Text;

namespace TfgridCompose.Core.Foundation.Processes;

/// <summary>
/// A file that takes a tool's output instead of a pipe. A pipe breaks if we are killed, and a tool that writes to a
/// broken pipe dies in the middle of its work. The file is unlinked as soon as the tool has started, so nothing is left
/// behind.
/// </summary>
internal sealed class FollowedFile : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(40);

    // The shell opens the file and then becomes the tool: sh -c SCRIPT FILE TOOL ARGUMENT... The trap lets the tool complete
    // even if the terminal closes.
    private const string Script = "trap '' HUP; exec \"$@\" >>\"$0\" 2>&1";
    private readonly string _path;
    private readonly StreamReader _reader;
    private readonly char[] _text = new char[16 * 1024];

    public FollowedFile(string folder)
    {
        _path = Path.Combine(folder, $".output-{Guid.NewGuid():N}");
        _reader = new StreamReader(PrivateStream(_path), Encoding.UTF8);
    }

    /// <summary>The command that runs a tool with its output going to this file.</summary>
    public (string Program, IReadOnlyList<string> Arguments) Wrap(ToolCommand command) =>
        ("/bin/sh", ["-c", Script, _path, command.Program, .. command.Arguments]);

    /// <summary>Passes on each line as it arrives, until the tool has ended and everything is read.</summary>
    public async Task FollowAsync(Task tool, LinePieces lines)
    {
        bool ended;
        do
        {
            ended = tool.IsCompleted;
            if (Read(lines) && !ended)
            {
                File.Delete(_path);
            }

            await Task.WhenAny(tool, Task.Delay(Pause, TimeProvider.System, CancellationToken.None));
        }
        while (!ended);

        lines.End();
    }

    public void Dispose()
    {
        _reader.Dispose();
        File.Delete(_path);
    }

    private bool Read(LinePieces lines)
    {
        bool any = false;
        while (_reader.Read(_text) is > 0 and int length)
        {
            any = true;
            lines.Take(_text.AsSpan(0, length));
        }

        return any;
    }

    private static FileStream PrivateStream(string path) => new(path, new FileStreamOptions
    {
        Mode = FileMode.CreateNew,
        Access = FileAccess.ReadWrite,
        Share = FileShare.ReadWrite | FileShare.Delete,
        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
    });
}
