using System.Text;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Listing;

namespace TfgridCompose.Cli.Listing;

/// <summary>
/// <c>ps</c> for people: one line per deployment, with the selected one marked. Copied from the index's bytes, because
/// strings for ten thousand deployments take longer.
/// </summary>
internal sealed class DeploymentTable(IndexRows rows, string? selected, DateTimeOffset now)
{
    /// <summary>From this number on, two threads write them.</summary>
    public const int ManyRows = 1000;

    private const int Columns = 8;
    private const int Gap = 2;
    private const int LongestCell = 40;
    private const int Age = 5;
    private const int LongestAge = 4;

    private readonly int[] _widths = new int[Columns];

    private static ReadOnlySpan<byte> Spaces => "                                            "u8;

    public void Write(Stream output)
    {
        Measure();
        byte[] mark = Encoding.UTF8.GetBytes(selected ?? "");
        output.Write("  "u8);
        for (int column = 0; column < Columns; column++)
        {
            Cell(output, Head(column), column, isAscii: true);
        }

        using var rest = new MemoryStream(rows.Size / 2);
        Halves.Run(rows.Count, ManyRows, (from, to) => WriteRows(from == 0 ? output : rest, mark, from, to));
        rest.WriteTo(output);
    }

    private void WriteRows(Stream output, ReadOnlySpan<byte> mark, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            IndexRow row = rows[i];
            output.Write(row.Id.SequenceEqual(mark) ? "* "u8 : "  "u8);
            for (int column = 0; column < Columns; column++)
            {
                Cell(output, Value(in row, column), column, !row.HasEscapes);
            }
        }
    }

    private void Measure()
    {
        for (int column = 0; column < Columns; column++)
        {
            _widths[column] = Head(column).Length;
        }

        for (int i = 0; i < rows.Count; i++)
        {
            IndexRow row = rows[i];
            for (int column = 0; column < Columns - 1; column++)
            {
                // All ages have the same width, so they are not computed twice.
                int length = column == Age ? LongestAge : LengthOf(Value(in row, column), !row.HasEscapes);
                _widths[column] = length <= LongestCell ? Math.Max(length, _widths[column]) : _widths[column];
            }
        }
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

    // An escape could hide characters that control the terminal.
    private static ReadOnlySpan<byte> Shown(in IndexRow row, ReadOnlySpan<byte> value) =>
        value.IsEmpty ? "-"u8
        : !row.HasEscapes ? value
        : Encoding.UTF8.GetBytes(PlainText.Line(JsonString.Text(value) ?? "?"));

    private void Cell(Stream output, ReadOnlySpan<byte> value, int column, bool isAscii)
    {
        output.Write(value);

        // A cell that is longer than its column is still followed by a space.
        output.Write(column == Columns - 1
            ? "\n"u8
            : Spaces[..Math.Max(1, _widths[column] + Gap - LengthOf(value, isAscii))]);
    }

    private static int LengthOf(ReadOnlySpan<byte> text, bool isAscii) =>
        isAscii ? text.Length : Encoding.UTF8.GetString(text).EnumerateRunes().Count();
}
