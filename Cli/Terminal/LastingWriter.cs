using System.Text;
using TfgridCompose.Core.Foundation.Files;

namespace TfgridCompose.Cli.Terminal;

/// <summary>
/// Writes as long as it can. A closed terminal, a closed output and a full disk must not end a run in the middle: it goes on
/// silently.
/// </summary>
internal sealed class LastingWriter : TextWriter
{
    private readonly TextWriter _inner = Null;
    private bool _isGone;

    /// <param name="open">Opens the output, which may be closed.</param>
    public LastingWriter(Func<TextWriter> open)
    {
        try
        {
            _inner = open();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Stop(problem);
        }
    }

    /// <summary>Why something was not written although somebody may wait for it; null if nothing is missing.</summary>
    public string? Problem { get; private set; }

    public override Encoding Encoding => _inner.Encoding;

    public override void Write(char value) => Do(() => _inner.Write(value));

    public override void Write(char[] buffer, int index, int count) => Do(() => _inner.Write(buffer, index, count));

    public override void Write(string? value) => Do(() => _inner.Write(value));

    // Writes whole lines, because several hosts report at once.
    public override void WriteLine() => Do(_inner.WriteLine);

    public override void WriteLine(string? value) => Do(() => _inner.WriteLine(value));

    public override void Flush() => Do(_inner.Flush);

    private void Do(Action write)
    {
        if (_isGone)
        {
            return;
        }

        try
        {
            write();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Stop(problem);
        }
    }

    private void Stop(Exception problem)
    {
        _isGone = true;
        Problem = SystemError.IsInputOutput(problem) || SystemError.IsBrokenPipe(problem) ? null : problem.Message;
    }
}
