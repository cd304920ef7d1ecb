using System.Text;
using TfgridCompose.Core.Listing;

namespace TfgridCompose.Cli.Listing;

/// <summary>
/// <c>ps</c> for scripts: an array with one line per deployment. The index's lines are JSON, so they are copied.
/// </summary>
internal static class DeploymentTableJson
{
    /// <summary>At most so many bytes are added to each line, so that the output does not have to be copied to grow.</summary>
    public const int Added = 64;

    public static void Write(IndexRows rows, string? selected, Stream output)
    {
        byte[] mark = Encoding.UTF8.GetBytes(selected ?? "");
        output.Write("["u8);
        using var rest = new MemoryStream(rows.Size / 2);
        Halves.Run(rows.Count, DeploymentTable.ManyRows, (from, to) => WriteRows(rows, mark, from == 0 ? output : rest, from, to));
        rest.WriteTo(output);
        output.Write(rows.Count == 0 ? "]\n"u8 : "\n]\n"u8);
    }

    private static void WriteRows(IndexRows rows, ReadOnlySpan<byte> mark, Stream output, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            IndexRow row = rows[i];
            output.Write(i == 0 ? "\n  "u8 : ",\n  "u8);
            output.Write(row.Members);
            output.Write(row.Status.IsEmpty ? ",\"status\":\"unreadable\""u8 : ""u8);
            output.Write(row.Address.IsEmpty ? ",\"address\":null"u8 : ""u8);
            output.Write(row.UpdatedAt.IsEmpty ? ",\"updated_at\":null"u8 : ""u8);
            output.Write(row.Id.SequenceEqual(mark) ? ",\"selected\":true}"u8 : ",\"selected\":false}"u8);
        }
    }
}
