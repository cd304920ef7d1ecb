using Microsoft.Extensions.Hosting;

namespace TfgridCompose.LocalGrid.Protocol;

/// <summary>The console lifetime would end the process on Ctrl-C, in the middle of an apply.</summary>
internal sealed class PluginLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
