using TfgridCompose.Core.Tools.Ssh;

namespace TfgridCompose.Core.Tools.Checks;

/// <summary>How one attempt of a check ended.</summary>
/// <param name="Reason">Why it failed; null if it passed.</param>
/// <param name="Ssh">The machine to look at, if its port could not be reached.</param>
/// <param name="Port">That port.</param>
internal sealed record CheckAttempt(string? Reason, SshClient? Ssh = null, int Port = 0)
{
    public static CheckAttempt Passed { get; } = new(Reason: null);
}
