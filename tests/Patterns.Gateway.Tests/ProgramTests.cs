using TfgridCompose.Patterns.Tests;

namespace TfgridCompose.Patterns.Gateway.Tests;

/// <summary>The program on the gateway machine has tests in its own language.</summary>
public sealed class ProgramTests() : PythonTests(Folder, "Patterns.Gateway/Resources/platform/roles/tool/files/tfgrid-gateway")
{
    private const string Folder = "tests/Patterns.Gateway.Tests/program";

    private static IEnumerable<string> Modules => ModulesIn(Folder);

    [TestCaseSource(nameof(Modules))]
    public Task Python_tests_pass(string module) => MustPassAsync(module);
}
