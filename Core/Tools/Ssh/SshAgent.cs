using TfgridCompose.Core.Foundation.Processes;

namespace TfgridCompose.Core.Tools.Ssh;

/// <summary>The user's SSH agent.</summary>
public sealed class SshAgent(IToolRunner runner)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private Task<HashSet<string>>? _keys;

    /// <summary>Type and key of a public key's line, without the comment.</summary>
    public static string KeyOf(string line) => string.Join(' ', line.Trim().Split(' ').Take(2));

    /// <summary>The public keys that the agent holds, as <see cref="KeyOf"/> returns them; asked only once.</summary>
    public Task<HashSet<string>> KeysAsync(CancellationToken cancellation) => _keys ??= AskAsync(cancellation);

    private async Task<HashSet<string>> AskAsync(CancellationToken cancellation)
    {
        ToolResult answer =
            await runner.RunAsync(new ToolCommand("ssh-add", ["-L"]) { TimeLimit = Limit }, cancellation);
        return answer.Succeeded
            ? [.. answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(KeyOf)]
            : [];
    }
}
