using System.Globalization;
using TfgridCompose.Core.Deploying.Planning;

namespace TfgridCompose.Cli.Rendering;

/// <summary>States that a plan deletes data, and which.</summary>
internal static class DataLossText
{
    /// <summary>Shown beside everything that loses its data.</summary>
    public const string Mark = "ALL DATA ON IT IS LOST";

    private const int MostNames = 10;

    /// <summary>For example: <c>This replaces machine vm. ALL DATA ON IT IS LOST.</c></summary>
    public static string Of(InfrastructurePlan plan)
    {
        string[] replaced = NamesOf(plan, HostAction.Replace);
        string[] removed = NamesOf(plan, HostAction.Remove);
        string what = string.Join(
            " and ",
            new[] { Phrase("replaces", replaced), Phrase("removes", removed) }.Where(phrase => phrase.Length > 0));
        return $"This {what}. {(replaced.Length + removed.Length == 1 ? Mark : "ALL DATA ON THEM IS LOST")}.";
    }

    public static string Of(StorageLoss loss) => $"{loss.Kind} {loss.Name} of {loss.Resource}";

    private static string[] NamesOf(InfrastructurePlan plan, HostAction action) =>
    [
        .. plan.Hosts.Where(host => host.LosesData && host.Action == action).Select(host => $"machine {host.Host}"),
        .. plan.Storage.Where(storage => storage.Action == action).Select(Of),
    ];

    private static string Phrase(string verb, string[] names)
    {
        string more = names.Length > MostNames
            ? string.Create(CultureInfo.InvariantCulture, $" and {names.Length - MostNames} more")
            : "";
        return names.Length == 0 ? "" : $"{verb} {string.Join(", ", names.Take(MostNames))}{more}";
    }
}
