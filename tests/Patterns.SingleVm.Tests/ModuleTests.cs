using TfgridCompose.Patterns.Tests;

namespace TfgridCompose.Patterns.SingleVm.Tests;

/// <summary>The Ansible modules have tests in their own language.</summary>
public sealed class ModuleTests() : PythonTests(Folder, $"{Roles}/docker/library", $"{Roles}/base/library")
{
    private const string Roles = "Patterns.SingleVm/Resources/platform/roles";
    private const string Folder = "tests/Patterns.SingleVm.Tests/program";

    private static IEnumerable<string> Modules => ModulesIn(Folder);

    [TestCaseSource(nameof(Modules))]
    public Task Python_tests_pass(string module) => MustPassAsync(module);
}
