using System.Text;
using TfgridCompose.Core.Foundation.Files;

namespace TfgridCompose.Cli.Terminal;

/// <summary>
/// Writes as long as somebody reads. A terminal that has gone must not end a run in the middle: it goes on without a word.
/// </summary>
internal sealed class LastingWriter(TextWriter inner) : TextWriter
{
    private bool _isGone;

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Do(() => inner.Write(value));

    public override void Write(char[] buffer, int index, int count) => Do(() => inner.Write(buffer, index, count));

    public override void Write(string? value) => Do(() => inner.Write(value));

    // Whole lines: several hosts are told of at once.
    public override void WriteLine() => Do(inner.WriteLine);

    public override void WriteLine(string? value) => Do(() => inner.WriteLine(value));

    public override void Flush() => Do(inner.Flush);

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
        catch (IOException gone) when (SystemError.IsInputOutput(gone))
        {
            _isGone = true;
        }
    }
}
