using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using TfgridCompose.Core.Foundation.Diagnostics;
using TfgridCompose.Core.Foundation.Processes;
using TfgridCompose.Core.Manifests;
using TfgridCompose.Core.Plugins.Loading;
using TfgridCompose.Core.Records;
using TfgridCompose.Core.Tools.Grid;
using TfgridCompose.Core.Tools.Terraform;
using TfgridCompose.Core.Tools.Terraform.Source;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Looking.Conformance;

/// <summary>
/// The Terraform files: what can be read from them, then <c>init</c> and <c>validate</c> with the local grid's
/// provider.
/// </summary>
internal sealed partial class TerraformCheck(Surroundings here, Workplace workplace)
{
    private const string Folder = "infrastructure/";
    private const string Provider = "threefoldtech/grid";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>The pattern's root module.</summary>
    public static TerraformModule RootModule(IPattern pattern) =>
        new(Sources(pattern).Where(file => !file.Path[Folder.Length..].Contains('/')).Select(Text));

    public async Task<Verdict> RunAsync(IPattern pattern, CancellationToken cancellation)
    {
        IReadOnlyList<Finding> findings = OfSources(pattern);
        if (findings.Count > 0)
        {
            return Verdict.Of(findings);
        }

        if (TerraformTool.Find(here.Path) is not { } tool)
        {
            return Verdict.NotRun("neither tofu nor terraform is installed");
        }

        if (!ExecutablePath.IsExecutable(here.LocalGridPath))
        {
            return Verdict.NotRun(
                $"the local grid's program, which carries the provider, is not at {here.LocalGridPath}");
        }

        string folder = workplace.Bench.Terraform;
        PatternFileSet.Of(pattern, "infrastructure").ExtractTo(folder, _ => false);
        try
        {
            await new LocalGridProgram(here.LocalGridPath, here.Runner)
                .InstallProviderAsync(workplace.Home, cancellation);
        }
        catch (DiagnosticException failed)
        {
            return Verdict.NotRun(failed.Message);
        }

        ToolResult init = await RunAsync(tool, ["init", "-input=false", "-no-color", "-backend=false"], cancellation);
        return init.Succeeded
            ? Verdict.Of(ErrorsIn(await RunAsync(tool, ["validate", "-json"], cancellation)))
            : Verdict.Of([
                new Finding(
                    $"{tool.Name} init {init.Ending}: {init.Tail()}",
                    "fix the file and line that it names"),
            ]);
    }

    private static List<Finding> OfSources(IPattern pattern)
    {
        TerraformModule root = RootModule(pattern);
        IEnumerable<TerraformModule> modules = Sources(pattern)
            .GroupBy(file => Path.GetDirectoryName(file.Path))
            .Select(files => new TerraformModule(files.Select(Text)));
        return
        [
            .. modules.SelectMany(module => module.Providers)
                .Distinct()
                .Where(provider => provider != Provider)
                .Select(provider => new Finding(
                    $"the files use the provider {provider}",
                    $"use only {Provider}; keys, seeds and ids come from VariablesRequest.Keys")),
            .. root.Variables.Where(name => MnemonicName().IsMatch(name)).Select(name => new Finding(
                $"the variable '{name}' looks like one for the mnemonic, which saved plans would contain in clear text",
                "leave it out: the provider finds MNEMONIC or MNEMONICS in Terraform's environment")),
            .. ContractOutputs.Required.Concat(pattern.Declaration.Outputs.Select(output => output.Name))
                .Distinct()
                .Except(root.Outputs)
                .Select(name => new Finding(
                    $"the output '{name}' is not declared", $"add `output \"{name}\"` to infrastructure/outputs.tf")),
        ];
    }

    private Task<ToolResult> RunAsync(
        TerraformTool tool, IReadOnlyList<string> arguments, CancellationToken cancellation) => here.Runner.RunAsync(
        tool.Command(
            arguments,
            TerraformEnvironment.For(GridName.Parse(GridNames.Local), workplace.Home, here.LocalGridPath, null)) with
        {
            WorkingDirectory = workplace.Bench.Terraform,
            TimeLimit = Limit,
        },
        cancellation);

    /// <summary>
    /// What <c>validate -json</c> says; a run that was killed or failed otherwise says nothing that can be read.
    /// </summary>
    internal static IReadOnlyList<Finding> ErrorsIn(ToolResult validate)
    {
        try
        {
            using var document = JsonDocument.Parse(validate.Output);
            Finding[] errors =
            [
                .. document.RootElement.GetProperty("diagnostics").EnumerateArray()
                    .Where(diagnostic => diagnostic.GetProperty("severity").GetString() == "error")
                    .Select(diagnostic =>
                        new Finding(TerraformMessages.Describe(diagnostic), "fix the file and line that it names")),
            ];
            return validate.Succeeded || errors.Length > 0 ? errors : [Ended(validate)];
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException)
        {
            return [Ended(validate)];
        }
    }

    private static Finding Ended(ToolResult validate) => new(
        validate.TimedOut
            ? $"validate did not end within {Limit}"
            : $"validate {validate.Ending}: {validate.Tail()}", "run it again; then fix what it names");

    private static IEnumerable<PatternFile> Sources(IPattern pattern) =>
        pattern.Files.Where(file => file.Path.StartsWith(Folder, StringComparison.Ordinal)
            && file.Path.EndsWith(".tf", StringComparison.Ordinal));

    private static string Text(PatternFile file)
    {
        using var reader = new StreamReader(file.Open(), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    [GeneratedRegex("mnemonic|seed_?(phrase|words)", RegexOptions.IgnoreCase)]
    private static partial Regex MnemonicName();
}
