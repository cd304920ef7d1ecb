using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Tests.Shared.Attack;

namespace TfgridCompose.Core.Tests.Attack;

/// <summary>A deployment's record on this machine that somebody has edited.</summary>
internal sealed class RecordTarget : CoreTarget
{
    public override string Name => "records";

    public override AttackInput Make(Random random, int number) => Json(random, RecordSeeds.Json);

    public override string Take(AttackInput input, string folder)
    {
        var runner = new RecordingRunner();
        Surroundings here = Here(folder, runner);
        DeploymentFolder own = here.Home.Deployment(RecordSeeds.Id);
        own.Create();
        File.WriteAllBytes(own.Record, input.Bytes);
        DeploymentRecord record = here.Store.Load(RecordSeeds.Id) ?? throw new AttackFailure("a record that is there counts as absent");
        RecordUse.Of(here, runner, record);
        return Accepted;
    }
}
