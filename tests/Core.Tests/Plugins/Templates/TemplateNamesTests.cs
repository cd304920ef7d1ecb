using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Plugins.Templates;

namespace TfgridCompose.Core.Tests.Plugins.Templates;

public sealed class TemplateNamesTests
{
    [TestCase("Acme.Wiki", "wiki", "Wiki", "Acme.Wiki")]
    [TestCase("Acme.TeamWiki", "team-wiki", "TeamWiki", "Acme.TeamWiki")]
    [TestCase("team-wiki", "team-wiki", "TeamWiki", "team_wiki")]
    [TestCase("HTTPServer2", "http-server2", "HttpServer2", "HTTPServer2")]
    [TestCase("my-team.3Tier_", "3-tier", "_3Tier", "my_team._3Tier_")]
    public void The_other_names_follow_from_the_projects(string project, string pattern, string type, string space)
    {
        var names = TemplateNames.Of(project, null);

        Assert.That((names.Pattern, names.Class, names.Namespace), Is.EqualTo((pattern, type, space)));
    }

    [TestCase("../wiki")]
    [TestCase("a/b")]
    [TestCase("Acme..Wiki")]
    [TestCase("Acme.-")]
    [TestCase("Acme.Wiki\n")]
    [TestCase("-Acme")]
    [TestCase("")]
    public void A_name_that_is_none_is_refused(string project) =>
        Assert.That(Refusal(() => TemplateNames.Of(project, null)).Message, Does.Contain("cannot be a project's name"));

    [TestCase("Wiki")]
    [TestCase("")]
    [TestCase("a b")]
    [TestCase("wiki\n")]
    [TestCase("a1234567890123456789012345678901234567890")]
    public void A_pattern_name_that_is_none_is_refused(string pattern) =>
        Assert.That(Refusal(() => TemplateNames.Of("Acme.Wiki", pattern)).Message, Does.Contain("cannot be a pattern's name"));

    private static Diagnostic Refusal(Action call)
    {
        DiagnosticException refused = Assert.Throws<DiagnosticException>(call)!;
        Assert.That((refused.ExitCode, refused.Diagnostics.Single().Code), Is.EqualTo((ExitCode.Usage, PatternTemplateCodes.NameUnusable)));
        return refused.Diagnostics.Single();
    }
}
