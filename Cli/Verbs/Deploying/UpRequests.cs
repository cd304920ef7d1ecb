using TfgridCompose.Core.Deploying.Planning;
using TfgridCompose.Core.Deploying.Runs;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Cli.Verbs.Deploying;

/// <summary>Makes a request to Core from the options of <c>up</c> and <c>plan</c>.</summary>
internal static class UpRequests
{
    private const int LongestWait = 3600;

    public static UpRequest Of(PlanOptions options, VerbContext context)
    {
        (string folder, string? name) = UpTarget.Of(options, context);
        return new UpRequest
        {
            AppFolder = folder,
            Name = name,
            Grid = context.Grid,
            SshKey = options.SshKey is null ? null : Path.GetFullPath(options.SshKey, context.Here.CurrentFolder),
            Environment = [.. options.Env],
            EnvironmentFiles = [.. options.EnvFile.Select(path => Path.GetFullPath(path, context.Here.CurrentFolder))],
            Selection = SelectionOf(options),
            LeftNodes = [.. options.LeaveNode],
            AgreesToCode = CodeAgreement.Of(options, context),
            Debug = context.Global.Debug,
        };
    }

    public static TimeSpan WaitLimitOf(UpOptions options) => options.WaitLimit is >= 1 and <= LongestWait
        ? TimeSpan.FromSeconds(options.WaitLimit)
        : throw new DiagnosticException(
            ExitCode.Usage, CliCodes.BadArguments, $"--wait-limit is {options.WaitLimit}.", $"give 1 to {LongestWait} seconds");

    private static PhaseSelection SelectionOf(PlanOptions options)
    {
        (string Option, bool IsGiven)[] choices =
        [
            ("--from", options.From is not null),
            ("--only", options.Only is not null),
            ("--fresh", options.Fresh),
        ];
        string[] given = [.. choices.Where(choice => choice.IsGiven).Select(choice => choice.Option)];
        return given.Length > 1
            ? throw new DiagnosticException(
                ExitCode.Usage, CliCodes.BadArguments, $"{string.Join(" and ", given)} cannot be combined.", "give only one of them")
            : new PhaseSelection
            {
                From = options.From is { } from ? PhaseNames.Parse(from) : null,
                Only = options.Only is { } only ? PhaseNames.Parse(only) : null,
                Fresh = options.Fresh,
            };
    }
}
