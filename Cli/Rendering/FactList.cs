using System.Text;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Cli.Rendering;

/// <summary>
/// Facts about one thing, one per line: the name, then the value. Padded by hand, because <c>up</c> ends with such a list and should not
/// load a library for it.
/// </summary>
internal sealed class FactList(int nameWidth = FactList.Usual)
{
    public const int Usual = 12;

    private readonly StringBuilder _text = new();

    public void Add(string name, string value) =>
        _text.Append(name.PadRight(nameWidth)).Append("  ").Append(PlainText.Line(value)).Append('\n');

    public override string ToString() => _text.ToString();
}
