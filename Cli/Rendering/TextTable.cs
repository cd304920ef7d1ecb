using Spectre.Console;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Cli.Rendering;

/// <summary>
/// Rows in columns that are two spaces apart and as wide as their longest cell, without frames and colours. No line is wrapped or cut:
/// a pipe has no width, and a terminal wraps by itself.
/// </summary>
internal static class TextTable
{
    private const int Gap = 2;
    private const int Unlimited = int.MaxValue / 4;

    /// <summary>One line for each row.</summary>
    /// <param name="rows">Rows of equally many cells. A cell is one line without control characters.</param>
    /// <param name="rightAligned">Columns of numbers.</param>
    public static IReadOnlyList<string> Lines(IReadOnlyList<string[]> rows, params int[] rightAligned)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        Table table = new Table().NoBorder().HideHeaders();
        int columns = rows[0].Length;
        for (int i = 0; i < columns; i++)
        {
            table.AddColumn(new TableColumn("")
            {
                NoWrap = true,
                Alignment = rightAligned.Contains(i) ? Justify.Right : Justify.Left,
                Padding = new Padding(0, 0, i < columns - 1 ? Gap : 0, 0),
            });
        }

        foreach (string[] row in rows)
        {
            table.AddRow(row.Select(cell => new Text(PlainText.Line(cell))));
        }

        return [.. Render(table).Split('\n').Take(rows.Count).Select(line => line.TrimEnd())];
    }

    public static string Text(IReadOnlyList<string[]> rows, params int[] rightAligned) =>
        string.Concat(Lines(rows, rightAligned).Select(line => line + "\n"));

    private static string Render(Table table)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = Unlimited;
        console.Write(table);
        return writer.ToString();
    }
}
