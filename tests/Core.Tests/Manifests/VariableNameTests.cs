using TfgridCompose.Core.Manifests;

namespace TfgridCompose.Core.Tests.Manifests;

public sealed class VariableNameTests
{
    [TestCase("UID")]
    [TestCase("EUID")]
    [TestCase("PPID")]
    [TestCase("SHELLOPTS")]
    [TestCase("BASHOPTS")]
    [TestCase("BASH_VERSINFO")]
    public void What_bash_holds_readonly_is_reserved(string name) => Assert.That(VariableName.IsReserved(name));

    [TestCase("PATH")]
    [TestCase("uid")]
    [TestCase("BASH")]
    public void Other_names_are_free(string name) => Assert.That(VariableName.IsReserved(name), Is.False);

    [TestCase("A1_b", true)]
    [TestCase("_", true)]
    [TestCase("1A", false)]
    [TestCase("A-B", false)]
    [TestCase("", false)]
    [TestCase("A\n", false)]
    public void A_name_is_what_a_shell_takes(string name, bool valid) => Assert.That(VariableName.IsValid(name), Is.EqualTo(valid));
}
