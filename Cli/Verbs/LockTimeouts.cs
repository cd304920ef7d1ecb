using System.Globalization;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Cli.Verbs;

/// <summary>The option <c>--lock-timeout</c> of every writing verb.</summary>
internal static class LockTimeouts
{
    public const string Option = "lock-timeout";
    public const string Meta = "SECONDS";
    public const string Help =
        "how long to wait while another process works on the deployment, 0 to 3600 (default 0: fail at once)";

    private const int Longest = 3600;

    public static TimeSpan Of(ILockingOptions options) => options.LockTimeout is >= 0 and <= Longest
        ? TimeSpan.FromSeconds(options.LockTimeout)
        : throw new DiagnosticException(
            ExitCode.Usage,
            CliCodes.BadArguments,
            string.Create(CultureInfo.InvariantCulture, $"--{Option} is {options.LockTimeout}."),
            $"give 0 to {Longest} seconds");
}
