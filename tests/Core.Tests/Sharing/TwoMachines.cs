using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Sharing.Payloads;
using TfgridCompose.Core.Sharing.Places;
using TfgridCompose.Core.Sharing.Sessions;

namespace TfgridCompose.Core.Tests.Sharing;

/// <summary>Two machines and one backend.</summary>
internal sealed class TwoMachines : IDisposable
{
    public string Backend { get; } = Directory.CreateTempSubdirectory("tfc-backend-").FullName;

    public Machine Laptop { get; } = new("laptop");

    public Machine Server { get; } = new("server");

    public BackendPlace Place => Machine.PlaceIn(Backend);

    public static async Task<DiagnosticException> RefusalAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (DiagnosticException problem)
        {
            return problem;
        }

        throw new AssertionException("nothing was refused");
    }

    /// <summary>A deployment of the laptop, shared.</summary>
    public async Task<DeploymentRecord> MakeAsync(string id = "abc123xyz")
    {
        await using SharedSession session = await Laptop.OpenAsync(Place, null);
        await session.HoldAsync(CancellationToken.None);
        return await session.BeginAsync(Laptop.Create(id), CancellationToken.None);
    }

    /// <summary>What lies in the backend, as the laptop's folder of a deployment asks for it.</summary>
    public RecordState Record(DeploymentRecord record) =>
        RecordState.In(Laptop.Here, Laptop.Home.Deployment(record.Id).SharedRecord, "the test's backend");

    public void Dispose()
    {
        Laptop.Dispose();
        Server.Dispose();
        Directory.Delete(Backend, recursive: true);
    }
}
