namespace TfgridCompose.Architecture.Tests;

/// <summary>Diagnostic codes are unique, have one form, are used, and people can look them up.</summary>
public sealed class DiagnosticCodeTests
{
    private const string Page = "docs/diagnostics.md";

    private static readonly (string Name, string Code)[] Codes =
    [
        .. new[] { "Core", "Cli", "LocalGrid" }.SelectMany(SourceCode.DiagnosticCodes),
    ];

    [Test]
    public void There_are_codes_and_each_has_the_form()
    {
        Assert.That(Codes, Has.Length.GreaterThan(80));
        Assert.That(Codes.Where(code => !System.Text.RegularExpressions.Regex.IsMatch(code.Code, @"\ATFC\d{4}\z")), Is.Empty);
    }

    [Test]
    public void No_code_means_two_things()
    {
        Assert.That(
            Codes.GroupBy(code => code.Code).Where(group => group.Count() > 1).Select(group => string.Join(" = ", group)),
            Is.Empty);
    }

    [Test]
    public void Every_code_is_used()
    {
        string all = string.Concat(new[] { "Core", "Cli", "LocalGrid" }.SelectMany(Repository.SourcesOf).Select(
            file => File.ReadAllText(Repository.In(file))));

        Assert.That(Codes.Where(code => !all.Contains(code.Name, StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Every_code_is_named_in_a_test()
    {
        string tests = string.Concat(Repository.SourcesOf("tests")
            .Where(file => !file.StartsWith("tests/Architecture.Tests/", StringComparison.Ordinal))
            .Select(file => File.ReadAllText(Repository.In(file))));

        Assert.That(
            Codes.Where(code => !Names(tests, code.Code) && !Names(tests, code.Name)),
            Is.Empty,
            "add a test that runs into the problem, and checks its code");
    }

    [Test]
    public void Every_code_is_on_the_diagnostics_page()
    {
        string page = File.ReadAllText(Repository.In(Page));

        Assert.That(Codes.Where(code => !page.Contains(code.Code, StringComparison.Ordinal)), Is.Empty, $"add a line to {Page}");
    }

    [Test]
    public void The_page_lists_no_code_that_does_not_exist()
    {
        string page = File.ReadAllText(Repository.In(Page));
        string[] listed = [.. System.Text.RegularExpressions.Regex.Matches(page, @"\bTFC\d{4}\b").Select(match => match.Value).Distinct()];

        Assert.That(listed.Except(Codes.Select(code => code.Code)), Is.Empty);
    }

    // As a whole word: PackageCodes.NotFound is not named by PackageCodes.NotFoundThere.
    private static bool Names(string text, string name) =>
        System.Text.RegularExpressions.Regex.IsMatch(text, $@"\b{System.Text.RegularExpressions.Regex.Escape(name)}\b");
}
