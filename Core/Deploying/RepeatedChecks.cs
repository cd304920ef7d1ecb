using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Checks;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Deploying;

/// <summary>
/// The recorded checks of a deployment, repeated while its plan is made. Their results count only if nothing else is to be
/// done. Disposing ends them, at the latest after the current attempt.
/// </summary>
internal sealed class RepeatedChecks : IAsyncDisposable
{
    // A check that fails once may pass a moment later, and that would be no reason to install the app again.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    // A busy machine answers late. That is no reason either.
    private static readonly TimeSpan AttemptLimit = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _end;
    private bool _isDisposed;
    private readonly Task<IReadOnlyList<Diagnostic>> _failures;

    private RepeatedChecks(Task<IReadOnlyList<Diagnostic>> failures, CancellationTokenSource end) =>
        (_failures, _end) = (failures, end);

    public static RepeatedChecks Start(Surroundings here, DeploymentRecord? existing, CancellationToken cancellation)
    {
        var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        VerificationCheck[] checks = existing is null ? [] : ChecksOf(existing);
        return new RepeatedChecks(
            existing is null || checks.Length == 0
                ? Task.FromResult<IReadOnlyList<Diagnostic>>([])
                : new CheckRunner(here.Runner, here.Clock, Limit)
                {
                    SharesConnection = false,
                    AttemptLimit = AttemptLimit,
                    Dial = here.Dial,
                }.RunAsync(checks, existing, here.Home.Deployment(existing.Id), end.Token),
            end);
    }

    /// <summary>What the first failed check says; null if all passed.</summary>
    public async Task<string?> FailureAsync() => await _failures is [var failed, ..] ? failed.Message : null;

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        await _end.CancelAsync();
        await ((Task)_failures).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    // SSH checks are left out, because every machine is logged in to anyway.
    private static VerificationCheck[] ChecksOf(DeploymentRecord record) =>
    [
        .. record.Checks.Where(check => check.Kind != "ssh").Select(check => check.ToCheck()).OfType<VerificationCheck>(),
    ];
}
