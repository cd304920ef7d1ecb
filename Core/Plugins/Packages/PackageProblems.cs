using TfgridCompose.Core.Foundation.Codes;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Core.Plugins.Packages;

/// <summary>Problems of a package. Each message names it.</summary>
/// <param name="package">Id and version.</param>
internal sealed class PackageProblems(string package)
{
    private const string TellAuthor = "nothing was installed; tell its author, or install another version";

    public DiagnosticException NotAPattern(IReadOnlyList<string> types) => Problem(
        PackageCodes.NotAPattern,
        $"is not a pattern package: its package type is {(types.Count > 0 ? string.Join(", ", types) : "none")}, "
            + $"not {PatternPackage.PackageType}",
        "install a package that its author packed as a pattern");

    public DiagnosticException Damaged(string what, Exception? cause = null) => Problem(
        PackageCodes.Damaged,
        $"is damaged: {what}",
        "nothing was installed; try again, and tell its author if it happens again",
        cause);

    public DiagnosticException TooLarge(string what) =>
        Problem(PackageCodes.TooLarge, $"is too large: {what}", TellAuthor);

    public DiagnosticException UnsafeEntry(string entry, string why) => Problem(
        PackageCodes.UnsafeEntry,
        $"contains '{PlainText.Of(entry)}', which {why}",
        "nothing was installed; do not use this package, and tell its source's owner");

    public DiagnosticException OtherHash(string expected, string actual) => Problem(
        PackageCodes.OtherHash,
        $"differs from the package that was installed before with this version: its SHA-512 is {actual[..16]}..., "
            + $"but patterns.lock says {expected[..16]}...",
        "ask its author why it changed; to accept it, remove the pattern first: tfgrid-compose patterns remove");

    public DiagnosticException SignatureInvalid(string why) => Problem(
        PackageCodes.SignatureInvalid,
        $"has an invalid signature: {why}",
        "nothing was installed; do not use this package, and tell its source's owner");

    public DiagnosticException NotTrusted(string who) => Problem(
        PackageCodes.AuthorNotTrusted, $"is {who}, but only authors in patterns.trusted_authors are trusted",
        "install a package of a listed author, or add the author's fingerprint to ~/.tfgrid-compose/config.yaml");

    public DiagnosticException AssemblyDiffers(string assembly) => Problem(
        PackageCodes.AssemblyDiffers,
        $"contains a different {assembly} than its plugin.json describes (SHA-256)",
        TellAuthor);

    public DiagnosticException NameOwned(string name, string owner, string remedy) => Problem(
        PackageCodes.NameOwned, $"contains the pattern '{name}', a name that {owner}", remedy);

    public DiagnosticException Unusable(Diagnostic problem, string staged) => new(
        ExitCode.Pattern,
        [problem with
        {
            Message = $"The package {package} was not installed. "
                + $"{PlainText.Of(problem.Message.Replace(staged, "the package", StringComparison.Ordinal))}",
        }]);

    private DiagnosticException Problem(string code, string message, string remedy, Exception? cause = null) =>
        new(
            ExitCode.Pattern,
            [Diagnostic.Error(code, $"The package {package} {PlainText.Of(message)}.", remedy)],
            cause);
}
