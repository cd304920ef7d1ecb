namespace TfgridCompose.Cli.Tests;

/// <summary>This process has a mnemonic in its environment, as a user's shell may have: no tool may inherit it.</summary>
[SetUpFixture]
public sealed class InheritedMnemonic
{
    public const string Words = "abandon ability able about above absent absorb abstract absurd abuse access accident";
    private const string Variable = "TF_VAR_mnemonic";

    [OneTimeSetUp]
    public void Set() => Environment.SetEnvironmentVariable(Variable, Words);

    [OneTimeTearDown]
    public void Unset() => Environment.SetEnvironmentVariable(Variable, null);
}
