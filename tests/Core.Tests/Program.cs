using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Records.Index;
using TfgridCompose.Core.Records.Locks;
using TfgridCompose.Core.Records.Store;
using TfgridCompose.Core.Tests.Records.Deployments;

namespace TfgridCompose.Core.Tests;

/// <summary>
/// What tests run in a process of its own, to be one among many or to be killed: this very assembly, with a task in its
/// arguments.
/// </summary>
internal static class Program
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["register", var home, var id, var go]:
                Console.WriteLine("ready");
                await WaitForAsync(go);

                // The line alone: of a deployment with a record, the next writer would make up for a lost one.
                new DeploymentIndex(new TfgridHome(home)).Add(IndexEntry.Of(TestHome.Record(id, $"app-{id}")));
                return 0;
            case ["hold", var home, var id]:
                DeploymentRecord record = new DeploymentStore(new TfgridHome(home), TimeProvider.System).Load(id)!;
                var holder = new LockHolder(
                    Environment.UserName,
                    Environment.MachineName,
                    Environment.ProcessId,
                    "tfgrid-compose up hello",
                    DateTimeOffset.UtcNow);
                using (await DeploymentGate.OfAsync(
                    new TfgridHome(home),
                    record,
                    new LockTerms(() => holder, TimeSpan.Zero, TimeProvider.System, _ => { }),
                    CancellationToken.None))
                {
                    Console.WriteLine("held");
                    await Console.In.ReadLineAsync().WaitAsync(Limit);
                }

                return 0;
            default:
                await Console.Error.WriteLineAsync("run the tests with `dotnet test`");
                return 2;
        }
    }

    private static async Task WaitForAsync(string path)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (!File.Exists(path) && TimeProvider.System.GetElapsedTime(started) < Limit)
        {
            await Task.Delay(Pause);
        }
    }
}
