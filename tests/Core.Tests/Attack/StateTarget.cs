using System.Text;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Records.Folders;
using TfgridCompose.Core.Tests.Foundation.Processes;
using TfgridCompose.Core.Tools.Terraform;
using TfgridCompose.Core.Tools.Terraform.States;
using TfgridCompose.Tests.Shared.Attack;

namespace TfgridCompose.Core.Tests.Attack;

/// <summary>Terraform's files and words: its state, one that it could not store, its plan and its messages.</summary>
internal sealed class StateTarget : CoreTarget
{
    private const int State = 0;
    private const int Errored = 1;
    private const int Plan = 2;
    private const int Kinds = 4;
    private static readonly string[] KindNames = ["state", "errored", "plan", "messages"];

    public override string Name => "states";

    public override AttackInput Make(Random random, int number)
    {
        AttackInput input = (number % Kinds) switch
        {
            Plan => Json(random, StateSeeds.Plans),
            State or Errored => Json(random, StateSeeds.States),
            _ => Json(random, StateSeeds.Messages),
        };
        return new AttackInput($"{KindNames[number % Kinds]}: {input.Kind}", [(byte)(number % Kinds), .. input.Bytes]);
    }

    public override string Take(AttackInput input, string folder)
    {
        Surroundings here = Here(folder, new RecordingRunner());
        DeploymentFolder own = here.Home.Deployment(RecordSeeds.Id);
        own.Create();
        byte[] bytes = input.Bytes[1..];
        switch (input.Bytes[0])
        {
            case State or Errored:
                File.WriteAllBytes(input.Bytes[0] == State ? LocalState.PathIn(own) : LocalState.ErroredIn(own), bytes);
                if (input.Bytes[0] == Errored)
                {
                    File.WriteAllText(LocalState.PathIn(own), StateSeeds.States[0]);
                }

                Read(own);
                return Kept(own, here, Encoding.UTF8.GetString(bytes));
            case Plan:
                return Planned(own, here, Encoding.UTF8.GetString(bytes));
            default:
                return Told(Encoding.UTF8.GetString(bytes));
        }
    }

    // What looks without asking Terraform. It may say that it cannot read the state, and must not take it for an empty one.
    private static void Read(DeploymentFolder own)
    {
        string text = LocalState.ReadNext(own);
        DeploymentRecord record = RecordSeeds.Single;
        var look = TerraformLook.At(own);
        bool isState = StateIdentity.TryParse(text) is not null;
        AttackFailure.Unless(look.Problem is not null || isState || text.Length == 0, "what is no state was read");
        AttackFailure.Unless(
            look.Exists || text.Trim().Length == 0 || TerraformState.MustBeAsked(own), "a state that is there counts as absent");
        _ = TerraformState.HasMachines(own);
        _ = new StateIdentity(record, own).IsForeign(text);
        _ = new StateIdentity(record, own).IsLost;
        _ = StateIdentity.OtherOwnerIn(own);
        _ = LocalState.IsCut(own);
        _ = LocalState.HasErrored(own);
        foreach (RecordedContract contract in look.Contracts)
        {
            AttackFailure.Unless(contract.Id > 0, $"a contract without an id: {contract}");
        }
    }

    private static string Kept(DeploymentFolder own, Surroundings here, string text)
    {
        var runner = new RecordingRunner(command => command.Arguments is ["state", "pull"] ? RecordingRunner.Result(0, text) : null);
        var store = new StateStore(own.Terraform, new TerraformTool("/nowhere/tofu"), new Dictionary<string, string?>(), runner)
        {
            IsTerraformRunning = () => false,
        };
        var keeping = new StateKeeping(own, store, here.Events) { Identity = new StateIdentity(RecordSeeds.Single, own) };
        keeping.SetCutAside();
        keeping.RecoverAsync(CancellationToken.None).GetAwaiter().GetResult();
        keeping.KeepAsync(CancellationToken.None).GetAwaiter().GetResult();
        StateText state = store.PullStateAsync(CancellationToken.None).GetAwaiter().GetResult();
        TerraformState.WriteDown(own, state);
        _ = TerraformState.ListedContracts(own);
        _ = state.Machines;
        _ = state.WithSerial(7);
        new StateIdentity(RecordSeeds.Single, own).Require(state);
        foreach (StateBackup backup in new StateBackups(own, TimeProvider.System).All)
        {
            _ = backup.Read();
        }

        return Accepted;
    }

    private static string Planned(DeploymentFolder own, Surroundings here, string plan)
    {
        var runner = new RecordingRunner(command =>
        {
            if (command.Arguments is ["plan", ..])
            {
                command.OnOutput?.Invoke("""{"type":"planned_change","change":{"action":"update"}}""");
            }

            return command.Arguments is ["show", ..] ? RecordingRunner.Result(0, plan) : null;
        });
        var workspace = new TerraformWorkspace(
            own, new TerraformTool("/nowhere/terraform"), new Dictionary<string, string?>(), runner, here.Events)
        {
            IsTerraformRunning = () => false,
        };
        Core.Tools.Terraform.Plans.TerraformPlan read = workspace.PlanAsync([], true, CancellationToken.None).GetAwaiter().GetResult();
        AttackFailure.Unless(
            !read.Changes.SelectMany(change => change.Attributes).Any(each =>
                each.Path.Contains("external_sk", StringComparison.Ordinal)
                    && $"{each.Before}{each.After}".Contains(StateSeeds.Secret, StringComparison.Ordinal)),
            "a secret of the plan shows");
        return Accepted;
    }

    private static string Told(string lines)
    {
        var messages = new TerraformMessages();
        foreach (string line in lines.Split('\n'))
        {
            _ = messages.Take(line);
        }

        _ = LockInfo.In(string.Join('\n', messages.Errors));
        return Accepted;
    }
}
