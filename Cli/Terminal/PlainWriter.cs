using System.Text;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Cli.Terminal;

/// <summary>
/// Keeps output from controlling the terminal: what this program prints may come from a machine, a hook or a pattern. The
/// output of <c>ssh</c> and <c>exec</c> does not pass through here.
/// </summary>
internal sealed class PlainWriter(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => inner.Write(PlainText.ForTerminal(value.ToString()));

    public override void Write(char[] buffer, int index, int count) =>
        inner.Write(PlainText.ForTerminal(new string(buffer, index, count)));

    public override void Write(string? value) => inner.Write(PlainText.ForTerminal(value ?? ""));

    // Writes whole lines, because several hosts report at once.
    public override void WriteLine() => inner.WriteLine();

    public override void WriteLine(string? value) => inner.WriteLine(PlainText.ForTerminal(value ?? ""));

    public override void Flush() => inner.Flush();
}
