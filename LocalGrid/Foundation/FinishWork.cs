using System.Runtime.InteropServices;

namespace TfgridCompose.LocalGrid.Foundation;

/// <summary>
/// Ctrl-C and a closed terminal reach every process of the group, including this one. Work on machines takes well under a
/// second, so it is finished first. Terraform tells the provider when to exit.
/// </summary>
internal sealed class FinishWork : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations =
    [
        .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }
            .Select(signal => PosixSignalRegistration.Create(signal, context => context.Cancel = true)),
    ];

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }
    }
}
