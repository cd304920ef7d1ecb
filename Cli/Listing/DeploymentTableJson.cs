using System.Text;
using TfgridCompose.Core.Records.Index;

namespace TfgridCompose.Cli.Listing;

/// <summary><c>ps</c> for scripts: an array, a line an entry. The index's lines are JSON already, so they are copied.</summary>
internal static class DeploymentTableJson
{
    public static void Write(IIndexLines lines, string? selected, ByteOutput output)
    {
        byte[] mark = Encoding.UTF8.GetBytes(selected ?? "");
        output.Append("["u8);
        bool isFirst = true;
        while (lines.TryNext(out ReadOnlySpan<byte> line))
        {
            if (!IndexRow.TryRead(line, out IndexRow row))
            {
                continue;
            }

            output.Append(isFirst ? "\n  "u8 : ",\n  "u8);
            isFirst = false;
            output.Append(row.Members);
            output.Append(row.Status.IsEmpty ? ",\"status\":\"unreadable\""u8 : ""u8);
            output.Append(row.Address.IsEmpty ? ",\"address\":null"u8 : ""u8);
            output.Append(row.UpdatedAt.IsEmpty ? ",\"updated_at\":null"u8 : ""u8);
            output.Append(row.Id.SequenceEqual(mark) ? ",\"selected\":true}"u8 : ",\"selected\":false}"u8);
        }

        output.Append(isFirst ? "]\n"u8 : "\n]\n"u8);
        output.Flush();
    }
}
