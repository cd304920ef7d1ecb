using System.Text;
using TfgridCompose.Cli.Listing;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Index;
using TfgridCompose.Core.Records.Store;

namespace TfgridCompose.Cli.Verbs.Deployments;

/// <summary>All deployments of this user, from the index; the plain form is answered as a quick verb, and looks the same.</summary>
internal static class PsVerb
{
    public static Task<int> RunAsync(PsOptions options, VerbContext context, CancellationToken cancellation)
    {
        var lines = new IndexText(options.Rescan ? context.Index.Rescan() : context.Index.Read());
        string? selected = new Selection(context.Here.Home).Read();
        var table = new DeploymentTable(selected, context.Here.Clock.GetUtcNow());
        while (lines.TryNext(out ReadOnlySpan<byte> line) && IndexRow.TryRead(line, out IndexRow row))
        {
            table.Measure(in row);
        }

        lines.Rewind();
        var text = new MemoryStream();
        Write(lines, table, selected, context.Global.Json, bytes =>
        {
            text.Write(bytes);
            return true;
        });
        context.Streams.Out.Write(Encoding.UTF8.GetString(text.ToArray()));
        return Task.FromResult(0);
    }

    /// <summary>Whether it could be written; null: the index needs a closer look, and nothing was written.</summary>
    public static bool? Quickly(Func<string, string?> variable, bool json, ByteOutput.Writer output)
    {
        var home = TfgridHome.FromEnvironment(variable);
        string? selected = new Selection(home).Read();
        var table = new DeploymentTable(selected, new DateTimeOffset(DateTime.UtcNow.Ticks, TimeSpan.Zero));
        using IndexFile? lines = new DeploymentIndex(home).OpenSound(table.Measure);
        return lines is null ? null : Write(lines, table, selected, json, output);
    }

    private static bool Write(IIndexLines lines, DeploymentTable table, string? selected, bool json, ByteOutput.Writer writer)
    {
        var output = new ByteOutput(writer);
        if (json)
        {
            DeploymentTableJson.Write(lines, selected, output);
        }
        else
        {
            table.Write(lines, output);
        }

        return !output.HasFailed;
    }
}
