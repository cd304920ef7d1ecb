using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests.Values;
using TfgridCompose.Core.Tests.Records.Deployments;
using TfgridCompose.Core.Tools.Grid;

namespace TfgridCompose.Core.Tests.Tools.Grid;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class MnemonicTests : IDisposable
{
    private readonly TestHome _home = new();

    public void Dispose() => _home.Dispose();

    [Test]
    public void The_variable_goes_before_the_users_file_and_that_before_the_projects()
    {
        string work = _home.Folder("work");
        Assert.That(Mnemonic.Find(Variables(), _home.Root, work).Problem!.Code, Is.EqualTo("TFC0307"));

        Write(Path.Combine(work, ".tfgrid-mnemonic"), "project words\n");
        Assert.That(Mnemonic.Find(Variables(), _home.Root, work).Words!.Reveal(), Is.EqualTo("project words"));

        Write(Path.Combine(_home.Folder(".config/threefold"), "mnemonic"), " user words \n");
        Assert.That(Mnemonic.Find(Variables(), _home.Root, work).Words!.Reveal(), Is.EqualTo("user words"));

        Assert.That(Mnemonic.Find(Variables("given words"), _home.Root, work).Words!.Reveal(), Is.EqualTo("given words"));
        Assert.That(Mnemonic.Find(Variables("given words"), _home.Root, work).Problem, Is.Null);
        Assert.That(Mnemonic.Find(Variables(""), _home.Root, work).Words!.Reveal(), Is.EqualTo("user words"), "an empty variable is none");
    }

    [TestCase(UnixFileMode.UserRead | UnixFileMode.UserWrite, null)]
    [TestCase(UnixFileMode.UserRead, null)]
    [TestCase(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, "TFC0308")]
    [TestCase(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead, "TFC0308")]
    public void A_file_that_others_read_is_used_with_a_warning(UnixFileMode mode, string? code)
    {
        string file = Path.Combine(_home.Root, ".tfgrid-mnemonic");
        Write(file, "words");
        File.SetUnixFileMode(file, mode);

        (SecretText? words, Diagnostic? problem) = Mnemonic.Find(Variables(), _home.Root, _home.Root);

        Assert.That((words!.Reveal(), problem?.Code), Is.EqualTo(("words", code)));
        Assert.That(words.ToString(), Does.Not.Contain("words"));
    }

    private static Dictionary<string, string> Variables(string? words = null) => words is null ? [] : new() { ["TF_VAR_mnemonic"] = words };

    private static void Write(string path, string text)
    {
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
