using TfgridCompose.Core.Tools.Contracts;

namespace TfgridCompose.Core.Tests.Tools.Contracts;

/// <summary>The provider's sentences about contracts that it could not clean up.</summary>
public sealed class ContractErrorsTests
{
    [TestCase(
        "error sending deployment to the node: context deadline exceeded, error cancelling contract: "
            + "websocket: close 1006; you must cancel it manually (id: 31415)",
        "31415")]
    [TestCase("failed to deploy deployments: x; failed to revert deployments: failed to cancel contract 4711: no; try again", "4711")]
    [TestCase("could not cancel contracts [12 13 14]: no funds", "12 13 14")]
    [TestCase("failed to get contract with id: 99", "99")]
    [TestCase("failed to cancel deployment 55, contract id 56", "55 56")]
    [TestCase("you must cancel it manually (id: 7)\nyou must cancel it manually (id: 8)\nyou must cancel it manually (id: 7)", "7 8")]
    [TestCase("error getting node 14: no such node (id: 3)", "")]
    [TestCase("contract name vm2 is taken; the deployment failed after 30 s", "")]
    [TestCase("contract 0 was not created", "")]
    [TestCase("contract 99999999999999999999999", "")]
    [TestCase("", "")]
    public void Ids_of_contracts_are_found_and_other_numbers_are_not(string text, string expected) =>
        Assert.That(string.Join(' ', ContractErrors.IdsIn(text)), Is.EqualTo(expected));
}
