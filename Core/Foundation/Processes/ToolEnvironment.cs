using System.Collections;

namespace TfgridCompose.Core.Foundation.Processes;

/// <summary>
/// The environment variables of a tool: those on a list, because any other one may change what the tool does. With
/// <c>TF_CLI_ARGS_plan=-destroy</c>, for example, a plan destroys what it should keep.
/// </summary>
public static class ToolEnvironment
{
    // Names, or prefixes that end with '*': who the user is, where programs and files are, how to reach the network.
    private static readonly string[] Inherited =
    [
        "PATH", "HOME", "USER", "LOGNAME", "SHELL", "TERM", "TMPDIR", "TZ", "XDG_*",
        "SSH_AUTH_SOCK",
        "http_proxy", "https_proxy", "no_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY",
        "SSL_CERT_FILE", "SSL_CERT_DIR", "NIX_SSL_CERT_FILE", "LOCALE_ARCHIVE",
        "TFGRID_*",
    ];

    // These reach only the tool that is given them explicitly. The provider has known the mnemonic by both names.
    private static readonly string[] Withheld =
        ["TF_VAR_mnemonic", "TF_VAR_mnemonics", "MNEMONIC", "MNEMONICS", "TFGRID_STATE_PASSPHRASE"];

    // The C locale with UTF-8 is part of the system; no other locale is certain to be installed.
    private static readonly string Locale = OperatingSystem.IsMacOS() ? "en_US.UTF-8" : "C.UTF-8";

    /// <summary>The changes to this process's own variables; null removes one.</summary>
    /// <param name="run">The run's environment.</param>
    /// <param name="command">The tool. Its own variables win; null removes one.</param>
    public static IReadOnlyDictionary<string, string?> Of(
        IReadOnlyDictionary<string, string> run, ToolCommand command)
    {
        var changes = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (DictionaryEntry own in Environment.GetEnvironmentVariables())
        {
            changes[(string)own.Key] = null;
        }

        foreach ((string name, string value) in run)
        {
            bool inherits = command.InheritsAll || IsOn(Inherited, name) || IsOn(command.Inherits, name);
            changes[name] = inherits && !Withheld.Contains(name) ? value : null;
        }

        if (!command.InheritsAll)
        {
            changes["LC_ALL"] = Locale;
        }

        foreach ((string name, string? value) in command.Environment)
        {
            changes[name] = value;
        }

        return changes;
    }

    private static bool IsOn(IReadOnlyList<string> names, string name)
    {
        foreach (string each in names)
        {
            if (each[^1] == '*' ? name.AsSpan().StartsWith(each.AsSpan()[..^1]) : name == each)
            {
                return true;
            }
        }

        return false;
    }
}
