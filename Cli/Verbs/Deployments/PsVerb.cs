using System.Text;
using TfgridCompose.Cli.Listing;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Listing;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Index;
using TfgridCompose.Core.Records.Store;

namespace TfgridCompose.Cli.Verbs.Deployments;

/// <summary>All deployments of this user, from the index. Without options it is a quick verb, with the same output.</summary>
internal static class PsVerb
{
    public static Task<int> RunAsync(PsOptions options, VerbContext context, CancellationToken cancellation)
    {
        IReadOnlyList<IndexEntry> entries = options.Rescan ? context.Index.Rescan() : context.Index.Read();
        string? selected = new Selection(context.Here.Home).Read();
        using var text = new MemoryStream();
        Write(IndexLine.Rows(entries), selected, context.Here.Clock.GetUtcNow(), context.Global.Json, text);
        context.Streams.Out.Write(Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length));
        return Task.FromResult(0);
    }

    /// <summary>Writes the output; null if the index alone is not enough.</summary>
    public static Action<Stream>? Quickly(Func<string, string?> variable, bool json)
    {
        var home = TfgridHome.FromEnvironment(variable);
        try
        {
            if (new DeploymentIndex(home).ReadQuickly() is not { } rows)
            {
                return null;
            }

            string? selected = new Selection(home).Read();
            return output => Write(rows, selected, TimeProvider.System.GetUtcNow(), json, output);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or DiagnosticException)
        {
            // The usual verb runs into the same problem and reports it.
            return null;
        }
    }

    private static void Write(IndexRows rows, string? selected, DateTimeOffset now, bool json, Stream output)
    {
        if (json)
        {
            DeploymentTableJson.Write(rows, selected, output);
        }
        else
        {
            new DeploymentTable(rows, selected, now).Write(output);
        }
    }
}
