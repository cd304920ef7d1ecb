using System.Text;
using TfgridCompose.Core.State;

namespace TfgridCompose.Cli.Rendering;

/// <summary><c>ps</c> for scripts. The index's values are JSON already, so they are copied.</summary>
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

            output.Append(isFirst ? "\n  {\n"u8 : ",\n  {\n"u8);
            isFirst = false;
            Member(output, "id"u8, row.Id);
            Member(output, "name"u8, row.Name);
            Member(output, "app_name"u8, row.AppName);
            Member(output, "app_path"u8, row.AppPath);
            Member(output, "pattern"u8, row.Pattern);
            Member(output, "grid"u8, row.Grid);
            Member(output, "status"u8, row.Status.IsEmpty ? "unreadable"u8 : row.Status);
            Member(output, "address"u8, row.Address);
            Member(output, "created_at"u8, row.CreatedAt);
            Member(output, "updated_at"u8, row.UpdatedAt);
            output.Append(row.Id.SequenceEqual(mark) ? "    \"selected\": true\n  }"u8 : "    \"selected\": false\n  }"u8);
        }

        output.Append(isFirst ? "]\n"u8 : "\n]\n"u8);
        output.Flush();
    }

    private static void Member(ByteOutput output, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        output.Append("    \""u8);
        output.Append(name);
        output.Append(value.IsEmpty ? "\": null,\n"u8 : "\": \""u8);
        if (!value.IsEmpty)
        {
            output.Append(value);
            output.Append("\",\n"u8);
        }
    }
}
