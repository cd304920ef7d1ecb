using System.Text.RegularExpressions;
using TfgridCompose.Core.Foundation.Processes;

namespace TfgridCompose.Core.Looking.Conformance;

/// <summary>
/// Reads what a playbook's second run changed. The callbacks of ansible-core have no output for programs, only this text,
/// whose recap has been the same for many years.
/// </summary>
internal static partial class PlayOutput
{
    public static IReadOnlyList<Finding> FindingsIn(ToolResult play)
    {
        if (!play.Succeeded)
        {
            return [new Finding(
                $"the second play {play.Ending}:\n{play.Tail()}",
                "make its tasks safe to run again")];
        }

        MatchCollection recap = Recap().Matches(play.Kept);
        if (recap.Count == 0)
        {
            return [new Finding(
                "the second play reached no machine", "let `hosts:` name a group that Inventory returns")];
        }

        string[] hosts =
        [
            .. recap.Where(match => match.Groups["changed"].Value != "0")
                .Select(match => $"{match.Groups["host"].Value} (changed={match.Groups["changed"].Value})"),
        ];
        return hosts.Length == 0
            ? []
            : [new Finding(
                $"the second play changed {string.Join(", ", hosts)}: {string.Join(", ", ChangedTasks(play.Kept))}",
                "let a task change only what differs: state modules, or `creates:` and `changed_when:` on commands")];
    }

    private static List<string> ChangedTasks(string output)
    {
        string task = "";
        var changed = new List<string>();
        foreach (string line in output.Split('\n'))
        {
            if (Task().Match(line) is { Success: true } heading)
            {
                task = heading.Groups["name"].Value;
            }
            else if (line.StartsWith("changed: [", StringComparison.Ordinal) && !changed.Contains($"'{task}'"))
            {
                changed.Add($"'{task}'");
            }
        }

        return changed;
    }

    [GeneratedRegex(@"^(?<host>\S+) +: ok=[0-9]+ +changed=(?<changed>[0-9]+) ", RegexOptions.Multiline)]
    private static partial Regex Recap();

    [GeneratedRegex(@"^(TASK|RUNNING HANDLER) \[(?<name>.*)\] \**$")]
    private static partial Regex Task();
}
