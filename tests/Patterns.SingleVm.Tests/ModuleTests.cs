using TfgridCompose.Patterns.Tests;

namespace TfgridCompose.Patterns.SingleVm.Tests;

/// <summary>The Ansible module that checks Docker has tests in its own language.</summary>
public sealed class ModuleTests() : PythonTests(Folder, "Patterns.SingleVm/Resources/platform/roles/docker/library")
{
    private const string Folder = "tests/Patterns.SingleVm.Tests/program";

    private static IEnumerable<string> Modules => ModulesIn(Folder);

    [TestCaseSource(nameof(Modules))]
    public Task Python_tests_pass(string module) => MustPassAsync(module);
}
