using System.Reflection;

namespace TfgridCompose.Patterns.Sdk.Tests;

public sealed class SdkContractTests
{
    // A plugin binds to the assembly's major version, a host compares major.minor of the contract, and authors see the
    // package's version.
    [Test]
    public void Assembly_package_and_contract_have_the_same_version()
    {
        Assembly sdk = typeof(IPattern).Assembly;
        string package = sdk.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+', '-')[0];

        Assert.That(sdk.GetName().Version, Is.EqualTo(new Version(SdkContract.Major, 0, 0, 0)));
        Assert.That(package, Does.StartWith($"{SdkContract.Version}."));
    }
}
