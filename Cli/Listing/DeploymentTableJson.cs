using System.Text;
using TfgridCompose.Core.Listing;

namespace TfgridCompose.Cli.Listing;

/// <summary>
/// <c>ps</c> for scripts: an array with one line per deployment. The index's lines are JSON, so they are copied.
/// </summary>
internal static class DeploymentTableJson
{
    public static void Write(IndexRows rows, string? selected, Stream output)
    {
        byte[] mark = Encoding.UTF8.GetBytes(selected ?? "");
        output.Write("["u8);
        for (int i = 0; i < rows.Count; i++)
        {
            IndexRow row = rows[i];
            output.Write(i == 0 ? "\n  "u8 : ",\n  "u8);
            output.Write(row.Members);
            output.Write(row.Status.IsEmpty ? ",\"status\":\"unreadable\""u8 : ""u8);
            output.Write(row.Address.IsEmpty ? ",\"address\":null"u8 : ""u8);
            output.Write(row.UpdatedAt.IsEmpty ? ",\"updated_at\":null"u8 : ""u8);
            output.Write(row.Id.SequenceEqual(mark) ? ",\"selected\":true}"u8 : ",\"selected\":false}"u8);
        }

        output.Write(rows.Count == 0 ? "]\n"u8 : "\n]\n"u8);
    }
}
