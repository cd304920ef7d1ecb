using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Manifests.Reading;

namespace TfgridCompose.Core.Tests.Manifests.Reading;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ContextFileTests : IDisposable
{
    private readonly TestApp _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public void The_app_is_relative_to_the_file()
    {
        _folder.File(ContextFile.FileName, "app: ../shop\ngrid: test\n");

        ContextFile context = ContextFile.Find(_folder.Folder)!;

        Assert.That((context.App, context.Grid), Is.EqualTo((Path.GetFullPath(Path.Combine(_folder.Folder, "../shop")), "test")));
    }

    [Test]
    public void A_folder_without_one_has_none() => Assert.That(ContextFile.Find(_folder.Folder), Is.Null);

    [TestCase("grid: test\n", "TFC0233 1:1")]
    [TestCase("app: [x]\n", "TFC0212 1:6,TFC0233 1:6")]
    [TestCase("app: x\ngrid: lokal\n", "TFC0226 2:7")]
    [TestCase("app: 'x\n", "TFC0206 1:6")]
    public void A_bad_one_is_a_located_problem(string text, string expected)
    {
        _folder.File(ContextFile.FileName, text);

        DiagnosticException problem = Assert.Throws<DiagnosticException>(() => ContextFile.Find(_folder.Folder))!;

        Assert.That(string.Join(",", TestApp.Marks(problem.Diagnostics)), Is.EqualTo(expected));
    }

    [Test]
    public void The_users_grid_is_read_and_a_misspelt_key_warned_about()
    {
        _folder.File(UserConfig.FileName, "grid: local\ngird: main\n");

        var config = UserConfig.Load(_folder.Folder);

        Assert.That(config.Grid, Is.EqualTo("local"));
        Assert.That(TestApp.Marks(config.Warnings), Is.EqualTo(["TFC0229 2:1"]));
    }

    [Test]
    public void No_or_an_empty_user_config_says_nothing()
    {
        var absent = UserConfig.Load(_folder.Folder);
        _folder.File(UserConfig.FileName, "# grid: local\n");

        Assert.That((absent.Grid, UserConfig.Load(_folder.Folder).Grid), Is.EqualTo(((string?)null, (string?)null)));
    }
}
