using TfgridCompose.Cli.Rendering;
using TfgridCompose.Cli.Terminal;
using TfgridCompose.Cli.Verbs;
using TfgridCompose.Cli.Verbs.Machines;
using TfgridCompose.Core.Records.Deployments;

namespace TfgridCompose.Cli.Dispatch;

/// <summary>
/// A first word that is no built-in verb's: a command of the deployment that is meant, else a mistake. Only here a
/// record is read to tell.
/// </summary>
internal static class ForeignWord
{
    public static async Task<int> RunAsync(Invocation line, VerbContext context, CancellationToken cancellation)
    {
        string word = line.Words[0];
        DeploymentRecord? record = PatternVerb.Meant(context);
        if (record?.Commands.FirstOrDefault(each => each.Name == word) is not { } command)
        {
            throw VerbTable.Unknown(line.Words, [.. record?.Commands.Select(each => each.Name) ?? []], Elsewhere(word, record));
        }

        if (line.Global.Help)
        {
            context.Streams.Out.Write(CommandList.Page(record, command));
            return 0;
        }

        return await PatternVerb.RunAsync(
            await context.FindAsync(target: null, name: null, cancellation),
            word,
            [.. line.Words.Skip(1)],
            context,
            cancellation);
    }

    private static string Elsewhere(string word, DeploymentRecord? record) =>
        record is null ? $"; a command of a deployment's pattern is named with its target: `{Product.Name} pattern {word} TARGET`"
        : record.Commands.Count > 0 ? $"; `{Product.Name} pattern` lists the commands of {record.Name} ({record.Id})"
        : "";
}
