using TfgridCompose.Cli.Rendering;
using TfgridCompose.Cli.Terminal;
using TfgridCompose.Cli.Verbs;
using TfgridCompose.Cli.Verbs.Machines;
using TfgridCompose.Core.Records.Deployments;

namespace TfgridCompose.Cli.Dispatch;

/// <summary>A first word that is not a built-in verb: a command of the current deployment's pattern, or else a mistake.</summary>
internal static class ForeignWord
{
    public static async Task<int> RunAsync(Invocation line, VerbContext context, CancellationToken cancellation)
    {
        string word = line.Words[0];
        DeploymentRecord? record = PatternVerb.Current(context);
        if (record?.Commands.FirstOrDefault(each => each.Name == word) is not { } command)
        {
            throw VerbTable.Unknown(line.Words, [.. record?.Commands.Select(each => each.Name) ?? []], Elsewhere(word, record));
        }

        if (line.Global.Help)
        {
            context.Streams.Out.Write(CommandList.Page(record, command));
            return 0;
        }

        DeploymentRecord newest = await context.FindAsync(target: null, name: null, cancellation);
        return await PatternVerb.RunAsync(newest, word, [.. line.Words.Skip(1)], context, cancellation);
    }

    private static string Elsewhere(string word, DeploymentRecord? record) =>
        record is null ? $"; for a command of a deployment's pattern, name the deployment: `{Product.Name} pattern {word} TARGET`"
        : record.Commands.Count > 0 ? $"; `{Product.Name} pattern` lists the commands of {record.Name} ({record.Id})"
        : "";
}
