using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Foundation;
using TfgridCompose.Core.Records.Deployments;
using TfgridCompose.Core.Tools.Contracts;
using TfgridCompose.Core.Tools.Terraform.States;

namespace TfgridCompose.Core.Tests.Deploying.Planning;

/// <summary>Which deployments are lost: the grid's contracts and the machines' own answers decide.</summary>
public sealed class LostResourcesTests
{
    private const string Address = "grid_deployment.node[\"web_1\"]";

    private static readonly RecordedHost Used = new()
    {
        Name = "web_1",
        Role = "web",
        SshAddress = "10.5.2.2",
        Addresses = [new RecordedAddress("wireguard", "10.5.2.2")],
    };

    private static readonly Observation Nothing = Seen();

    [TestCase("it is gone from the grid", ContractEnd.Ended, true)]
    [TestCase("it does not answer, and the grid does not list its contract 4711", ContractEnd.Unlisted, false)]
    [TestCase(null, ContractEnd.Live, false)]
    [TestCase(null, null, false)]
    public void A_silent_machine_is_lost_where_its_contract_is(string? reason, ContractEnd? end, bool isGone) =>
        MustBe(reason, isGone, Of(Used, Seen(silent: "web_1"), end));

    /// <summary>Without the tunnel, nobody was asked: what the grid has ended is gone, and the rest is asked first.</summary>
    [TestCase(ContractEnd.Ended, 1)]
    [TestCase(ContractEnd.Unlisted, 0)]
    [TestCase(ContractEnd.Live, 0)]
    public void A_machine_that_could_not_be_asked_is_lost_where_its_contract_has_ended(ContractEnd end, int lost) =>
        Assert.That(Of(Used, Nothing, end), Has.Count.EqualTo(lost));

    [TestCase(ContractEnd.Ended)]
    [TestCase(ContractEnd.Unlisted)]
    public void A_machine_that_answers_is_not_lost_whatever_the_grid_says(ContractEnd end) =>
        Assert.That(Of(Used, Seen(answering: "web_1"), end), Is.Empty);

    /// <summary>A laptop without a network cannot tell a lost machine from its own silence.</summary>
    [TestCase("it does not answer, and the last wait for it was in vain", ContractEnd.Live)]
    [TestCase(null, null)]
    public void A_machine_that_was_waited_for_in_vain_is_lost_where_the_grid_answers(string? reason, ContractEnd? end) =>
        MustBe(reason, isGone: false, Of(Used, Seen(givenUp: "web_1"), end));

    [TestCase(ContractEnd.Live)]
    [TestCase(ContractEnd.Unlisted)]
    public void A_machine_that_nobody_ever_logged_in_to_is_lost_when_the_wait_for_it_failed(ContractEnd end)
    {
        RecordedHost unseen = Used with { SshAddress = null };

        MustBe("no login to it ever succeeded", isGone: false, Of(unseen, Seen(neverSeen: "web_1"), end));
        Assert.That(Of(unseen, Nothing, end), Is.Empty, "it may be booting, and a new contract is listed late");
        Assert.That(Of(unseen, Seen(neverSeen: "web_1"), null), Is.Empty, "the grid could not be asked");
    }

    [Test]
    public void The_contract_0_is_gone_whatever_the_grid_says() =>
        MustBe("it is gone from the grid", isGone: true, LostResources.Of([], State("0", ""), Nothing, Ends(null)));

    [Test]
    public void A_deployment_whose_machines_nobody_recorded_is_lost_with_its_contract()
    {
        MustBe("it is gone from the grid", isGone: true, LostResources.Of([], State("4711", ""), Nothing, Ends(ContractEnd.Ended)));
        Assert.That(LostResources.Of([], State("4711", ""), Nothing, Ends(ContractEnd.Unlisted)), Is.Empty, "it may be new");
    }

    [Test]
    public void The_contracts_to_ask_for_are_those_of_deployments() =>
        Assert.That(
            LostResources.ContractsIn(StateText.Parse("""
                {"version":4,"resources":[
                  {"mode":"managed","type":"grid_deployment","name":"a","instances":[{"attributes":{"id":"4711"}},{"attributes":{"id":"0"}},{}]},
                  {"mode":"managed","type":"grid_network","name":"n","instances":[{"attributes":{"id":"12"}}]}]}
                """)),
            Is.EqualTo([4711]));

    private static IReadOnlyList<LostResource> Of(RecordedHost host, Observation seen, ContractEnd? end) =>
        LostResources.Of([host], State("4711", """{"name":"vm","ip":"10.5.2.2"}"""), seen, Ends(end));

    private static Dictionary<long, ContractEnd> Ends(ContractEnd? end) => end is { } told ? new() { [4711] = told } : [];

    private static Observation Seen(
        string? answering = null, string? neverSeen = null, string? silent = null, string? givenUp = null) =>
        new(new Dictionary<PhaseId, string>())
        {
            Answering = ListOf(answering),
            NeverSeen = ListOf(neverSeen),
            Silent = ListOf(silent),
            GivenUp = ListOf(givenUp),
        };

    private static string[] ListOf(string? name) => name is null ? [] : [name];

    private static StateText State(string id, string vms) => StateText.Parse($$"""
        {"version":4,"resources":[{"mode":"managed","type":"grid_deployment","name":"node",
          "instances":[{"index_key":"web_1","attributes":{"id":"{{id}}","vms":[{{vms}}]} }]}]}
        """);

    private static void MustBe(string? reason, bool isGone, IReadOnlyList<LostResource> lost) =>
        Assert.That(lost, Is.EqualTo(reason is null ? Array.Empty<LostResource>() : [new LostResource(Address, reason, isGone)]));
}
