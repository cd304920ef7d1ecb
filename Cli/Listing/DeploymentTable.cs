using System.Text;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Index;

namespace TfgridCompose.Cli.Listing;

/// <summary>
/// <c>ps</c> for people: a line a deployment, the selected one marked. From the index's bytes to the output's, without
/// a text in between: ten thousand take no time.
/// </summary>
internal sealed class DeploymentTable(string? selected, DateTimeOffset now)
{
    private const int Columns = 8;
    private const int Gap = 2;
    private const int LongestCell = 40;
    private const int Age = 5;
    private const int LongestAge = 4;

    private static ReadOnlySpan<byte> Blanks => "                                            "u8;

    private readonly int[] _widths = HeadWidths();

    /// <summary>Makes room for a row; every row is measured before the first is written.</summary>
    public void Measure(in IndexRow row)
    {
        for (int column = 0; column < Columns - 1; column++)
        {
            // Every age has the same width, and need not be reckoned twice.
            int length = column == Age ? LongestAge : LengthOf(Value(in row, column), row.HasEscapes);
            _widths[column] = length > _widths[column] && length <= LongestCell ? length : _widths[column];
        }
    }

    public void Write(IIndexLines lines, ByteOutput output)
    {
        byte[] mark = Encoding.UTF8.GetBytes(selected ?? "");
        output.Append("  "u8);
        for (int column = 0; column < Columns; column++)
        {
            Cell(output, Head(column), column, isAscii: true);
        }

        while (lines.TryNext(out ReadOnlySpan<byte> line))
        {
            if (IndexRow.TryRead(line, out IndexRow row))
            {
                output.Append(row.Id.SequenceEqual(mark) ? "* "u8 : "  "u8);
                for (int column = 0; column < Columns; column++)
                {
                    Cell(output, Value(in row, column), column, !row.HasEscapes);
                }
            }
        }

        output.Flush();
    }

    private static ReadOnlySpan<byte> Head(int column) => column switch
    {
        0 => "NAME"u8,
        1 => "ID"u8,
        2 => "PATTERN"u8,
        3 => "GRID"u8,
        4 => "STATUS"u8,
        5 => "AGE"u8,
        6 => "ADDRESS"u8,
        _ => "APP"u8,
    };

    private ReadOnlySpan<byte> Value(in IndexRow row, int column) => column switch
    {
        0 => Shown(in row, row.Name),
        1 => Shown(in row, row.Id),
        2 => Shown(in row, row.Pattern),
        3 => Shown(in row, row.Grid),
        4 => row.Status.IsEmpty ? "unreadable"u8 : row.Status,
        5 => IndexAge.Of(row.CreatedAt, now),
        6 => Shown(in row, row.Address),
        _ => Shown(in row, row.AppPath),
    };

    // Escapes are rare, and what they hide may be a stranger's: it must not steer the terminal.
    private static ReadOnlySpan<byte> Shown(in IndexRow row, ReadOnlySpan<byte> value) =>
        value.IsEmpty ? "-"u8
        : !row.HasEscapes ? value
        : Encoding.UTF8.GetBytes(PlainText.Line(IndexRow.Text(value) ?? "?"));

    private static int[] HeadWidths()
    {
        int[] widths = new int[Columns];
        for (int column = 0; column < Columns; column++)
        {
            widths[column] = Head(column).Length;
        }

        return widths;
    }

    private void Cell(ByteOutput output, ReadOnlySpan<byte> value, int column, bool isAscii)
    {
        output.Append(value);
        if (column == Columns - 1)
        {
            output.Append("\n"u8);
            return;
        }

        // A cell that is longer than its column still ends somewhere.
        output.Append(Blanks[..Math.Max(1, _widths[column] + Gap - LengthOf(value, !isAscii))]);
    }

    // Letters, not bytes: the second and later bytes of a letter begin with 10.
    private static int LengthOf(ReadOnlySpan<byte> text, bool isDecoded)
    {
        if (!isDecoded)
        {
            return text.Length;
        }

        int length = 0;
        foreach (byte each in text)
        {
            length += (each & 0xC0) == 0x80 ? 0 : 1;
        }

        return length;
    }
}
