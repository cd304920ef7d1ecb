using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;

namespace TfgridCompose.Core.Records.Locks;

/// <summary>
/// Both locks of a deployment, always taken in this order: the lock of the app's folder and name, which can be taken
/// before the deployment exists, and the lock of its id, because an app's folder may move.
/// </summary>
public sealed class DeploymentGate : IDisposable
{
    private readonly TfgridHome _home;
    private readonly LockTerms _terms;
    private readonly DeploymentLock _app;
    private DeploymentLock? _own;

    private DeploymentGate(TfgridHome home, LockTerms terms, DeploymentLock app)
    {
        _home = home;
        _terms = terms;
        _app = app;
    }

    /// <summary>
    /// The lock of an app's folder; if the deployment exists, <see cref="AddAsync"/> takes its lock as well.
    /// </summary>
    public static async Task<DeploymentGate> OfAppAsync(
        TfgridHome home, string appFolder, string name, LockTerms terms, CancellationToken cancellation)
    {
        DeploymentLock app = await DeploymentLock.TakeAsync(home, appFolder, name, terms, cancellation);
        if (app.DiedBefore is { } dead)
        {
            Note(terms, dead);
        }

        return new DeploymentGate(home, terms, app);
    }

    public static async Task<DeploymentGate> OfAsync(
        TfgridHome home, DeploymentRecord record, LockTerms terms, CancellationToken cancellation)
    {
        DeploymentGate gate = await OfAppAsync(home, record.AppPath, record.Name, terms, cancellation);
        try
        {
            await gate.AddAsync(record, cancellation);
            return gate;
        }
        catch
        {
            gate.Dispose();
            throw;
        }
    }

    public async Task AddAsync(DeploymentRecord record, CancellationToken cancellation)
    {
        _own = await DeploymentLock.TakeAsync(_home, record.Id, record.Name, _terms, cancellation);
        if (_own.DiedBefore is { } dead && dead.ProcessId != _app.DiedBefore?.ProcessId)
        {
            Note(_terms, dead);
        }
    }

    public void Dispose()
    {
        _own?.Dispose();
        _app.Dispose();
    }

    private static void Note(LockTerms terms, LockHolder dead) => terms.Say($"took over from {dead}, which died");
}
