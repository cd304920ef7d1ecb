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
        MemoryStream text = Text(IndexLine.Rows(entries), selected, context.Here.Clock.GetUtcNow(), context.Global.Json);
        context.Streams.Out.Write(Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length));
        return Task.FromResult(0);
    }

    /// <summary>The output; null if more than the index has to be read.</summary>
    public static MemoryStream? Quickly(Func<string, string?> variable, bool json)
    {
        var home = TfgridHome.FromEnvironment(variable);
        try
        {
            return new DeploymentIndex(home).ReadQuickly() is { } rows
                ? Text(rows, new Selection(home).Read(), TimeProvider.System.GetUtcNow(), json)
                : null;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or DiagnosticException)
        {
            // The long way meets it too, and reports it.
            return null;
        }
    }

    private static MemoryStream Text(IndexRows rows, string? selected, DateTimeOffset now, bool json)
    {
        var text = new MemoryStream(rows.Size + (rows.Count * DeploymentTableJson.Added));
        if (json)
        {
            DeploymentTableJson.Write(rows, selected, text);
        }
        else
        {
            new DeploymentTable(rows, selected, now).Write(text);
        }

        return text;
    }
}
