using TfgridCompose.Cli.Terminal;
using TfgridCompose.Cli.Verbs;
using TfgridCompose.Cli.Verbs.Authoring;
using TfgridCompose.Cli.Verbs.Deploying;
using TfgridCompose.Cli.Verbs.Deployments;
using TfgridCompose.Cli.Verbs.Machines;
using TfgridCompose.Cli.Verbs.Patterns;
using TfgridCompose.Cli.Verbs.Removing;
using TfgridCompose.Cli.Verbs.State;
using TfgridCompose.Cli.Verbs.ThisMachine;
using TfgridCompose.Cli.Verbs.Trust;
using TfgridCompose.Core.Foundation.Diagnostics;

namespace TfgridCompose.Cli.Dispatch;

/// <summary>All built-in verbs. A verb is declared here, and nowhere else.</summary>
public static class VerbTable
{
    private const int MostWords = 3;

    public static IReadOnlyList<Verb> All { get; } =
        [.. OfDeployments, .. OfMachines, .. OfState, .. OfPatterns, .. OfTrust, .. OfThisMachine];

    /// <summary>The verbs that people run.</summary>
    public static IEnumerable<Verb> Shown => All.Where(verb => !verb.IsHidden);

    private static Verb[] OfDeployments =>
    [
        Verb.Of<UpOptions>("up", "Deploy an app, or resume or update its deployment", UpVerb.RunAsync),
        Verb.Of<PlanOptions>("plan", "Show what `up` would do, without changing anything", PlanVerb.RunAsync),
        Verb.Of<DownOptions>("down", "Destroy a deployment: machines, tunnel and files", DownVerb.RunAsync),
        Verb.Of<PsOptions>("ps", "List all deployments", PsVerb.RunAsync),
        Verb.Of<StatusOptions>("status", "Show a deployment, and what differs from its record", StatusVerb.RunAsync),
        Verb.Of<TargetOptions>(
            "inspect", "Show everything recorded about a deployment, without asking its machines", InspectVerb.RunAsync),
        Verb.Of<HistoryOptions>(
            "history", "Show each run on a deployment: who, when, how long, and the result", HistoryVerb.RunAsync),
        Verb.Of<TargetOptions>("address", "Print a deployment's address", AddressVerb.RunAsync),
        Verb.Of<OutputsOptions>("outputs", "Print a deployment's outputs, or one of them", OutputsVerb.RunAsync),
        Verb.Of<TargetOptions>(
            "select", "Select the deployment that verbs use when no target is given", SelectVerb.RunAsync),
        Verb.Of<NoOptions>("unselect", "Clear the selection", SelectVerb.ClearAsync),
        Verb.Of<UnlockOptions>(
            "unlock", "Remove locks left on a deployment by processes that died", UnlockVerb.RunAsync),
        Verb.Of<LeaksOptions>(
            "leaks",
            "List contracts, interfaces and files that outlived their deployment, and clean them up",
            LeaksVerb.RunAsync),
    ];

    private static Verb[] OfMachines =>
    [
        Verb.Of<HostOptions>("ssh", "Log in to a machine of a deployment", SshVerb.RunAsync, takesTail: true),
        Verb.Of<HostOptions>(
            "exec", "Run a command on a machine; its exit code is passed on", ExecVerb.RunAsync, takesTail: true),
        Verb.Of<PatternCommandOptions>(
            "pattern",
            "Run a command of a deployment's pattern; without a name, list them",
            PatternVerb.RunAsync,
            takesTail: true) with { HelpNote = PatternVerb.Commands },
        Verb.Of<LogsOptions>("logs", "Show the app's log", LogsVerb.RunAsync),
    ];

    private static Verb[] OfState =>
    [
        Verb.Of<AttachOptions>(
            "attach", "Use a deployment that was created on another machine, through its shared state", AttachVerb.RunAsync),
        Verb.Of<TargetOptions>("state pull", "Print a deployment's Terraform state", StateVerb.PullAsync),
        Verb.Of<StatePushOptions>(
            "state push", "Replace a deployment's Terraform state with a file", StateVerb.PushAsync),
        Verb.Of<StateMigrateOptions>(
            "state migrate", "Move a deployment's state to the backend that its manifest names now", StateVerb.MigrateAsync),
        Verb.Of<TargetOptions>("state list", "List the backups of a deployment's Terraform state", StateVerb.ListAsync),
        Verb.Of<StateRestoreOptions>(
            "state restore", "Replace a deployment's Terraform state with one of its backups", StateVerb.RestoreAsync),
    ];

    private static Verb[] OfPatterns =>
    [
        Verb.Of<NoOptions>("patterns list", "List the patterns that can be deployed", PatternsVerb.ListAsync),
        Verb.Of<PatternNameOptions>(
            "patterns show", "Show a pattern's documentation and options", PatternsVerb.ShowAsync),
        Verb.Of<PatternsVerifyOptions>(
            "patterns verify",
            "Load each pattern in its own process, and report what is wrong with it",
            PatternsVerifyVerb.RunAsync),
        Verb.Of<PatternFolderOptions>(
            "patterns inspect", "Load one plugin in this process", PatternsInspectVerb.RunAsync) with { IsHidden = true },
        Verb.Of<PatternsInstallOptions>(
            "patterns install", "Install a pattern from a NuGet package", PatternsInstallVerb.RunAsync),
        Verb.Of<PatternsUpdateOptions>(
            "patterns update", "Update patterns that were installed from packages", PatternsUpdateVerb.RunAsync),
        Verb.Of<PatternsRemoveOptions>("patterns remove", "Remove an installed pattern", PatternsRemoveVerb.RunAsync),
        Verb.Of<PatternsPackOptions>(
            "patterns pack", "Make a NuGet package from a pattern's folder", PatternsPackVerb.RunAsync),
        Verb.Of<PatternsTestOptions>(
            "patterns test", "Check a pattern: its declaration, its files, and real deployments", PatternsTestVerb.RunAsync),
        Verb.Of<PatternsNewOptions>(
            "patterns new", "Create a new pattern with its tests and a sample app", PatternsNewVerb.RunAsync),
        Verb.Of<NoOptions>("plugins list", "List the lifecycle plugins and their hooks", PluginsVerb.ListAsync),
    ];

    private static Verb[] OfTrust =>
    [
        Verb.Of<NoOptions>("trust list", "List the apps whose own code may act on this computer", TrustVerb.ListAsync),
        Verb.Of<TrustRevokeOptions>("trust revoke", "Ask again before an app's own code acts on this computer", TrustVerb.RevokeAsync),
    ];

    private static Verb[] OfThisMachine =>
    [
        Verb.Of<DoctorOptions>("doctor", "Check this machine for what is missing", DoctorVerb.RunAsync),
        Verb.Of<NoOptions>(
            "grid local status", "Show the local grid: nodes, contracts, machines, leftovers", LocalGridVerb.StatusAsync),
        Verb.Of<NoOptions>(
            "grid local start", "Start the local grid's machines again after a reboot", LocalGridVerb.StartAsync),
        Verb.Of<NoOptions>(
            "grid local prune", "Remove what belongs to no contract of the local grid", LocalGridVerb.PruneAsync),
        Verb.Of<ResetOptions>(
            "grid local reset", "Destroy every machine and contract of the local grid", LocalGridVerb.ResetAsync),
    ];

    /// <summary>The verb that the first words name, and the words after it.</summary>
    public static (Verb Verb, IReadOnlyList<string> Arguments) Find(IReadOnlyList<string> words)
    {
        for (int count = Math.Min(MostWords, words.Count); count > 0; count--)
        {
            string name = string.Join(' ', words.Take(count));
            if (All.FirstOrDefault(verb => verb.Name == name) is { } found)
            {
                return (found, [.. words.Skip(count)]);
            }
        }

        throw Unknown(words, [], "");
    }

    /// <summary>Whether this command line may have changed a deployment, if it succeeded.</summary>
    public static bool Changes(IReadOnlyList<string> args) =>
        Invocation.Parse(args) is { IsForeign: false, Global: { Help: false, Version: false }, Words: { Count: > 0 } words }
            && !args.Contains("--dry-run")
            && typeof(ILockingOptions).IsAssignableFrom(Find(words).Verb.Options);

    /// <summary>Whether a built-in verb begins with this word: it is then never a command of an app or a pattern.</summary>
    public static bool IsFirstWord(string word) =>
        All.Any(verb => verb.Name == word || verb.Name.StartsWith($"{word} ", StringComparison.Ordinal));

    /// <summary>The verbs that begin with these words: <c>patterns</c>, <c>grid local</c>.</summary>
    public static IReadOnlyList<Verb> Family(IReadOnlyList<string> words) =>
        [.. Shown.Where(verb => verb.Name.StartsWith($"{string.Join(' ', words)} ", StringComparison.Ordinal))];

    /// <param name="words">The words as they were typed.</param>
    /// <param name="commands">The commands that the deployment's pattern provides.</param>
    /// <param name="elsewhere">The end of the remedy if no known name is similar.</param>
    internal static DiagnosticException Unknown(IReadOnlyList<string> words, IReadOnlyList<string> commands, string elsewhere)
    {
        IEnumerable<string> plain = words.Take(1).Concat(words.Skip(1).TakeWhile(word => !word.StartsWith('-')));
        string said = string.Join(' ', plain.Take(MostWords));
        IReadOnlyList<string> near = Near(words[0], said, commands);
        string remedy = near.Count > 0
            ? $"did you mean {string.Join(" or ", near.Select(name => $"`{Product.Name} {name}`"))}?"
            : $"`{Product.Name} --help` lists the verbs{elsewhere}";
        return new DiagnosticException(ExitCode.Usage, CliCodes.UnknownVerb, $"There is no verb '{said}'.", remedy);
    }

    private static IReadOnlyList<string> Near(string first, string said, IReadOnlyList<string> commands)
    {
        string[] family = [.. Family([first]).Select(verb => verb.Name)];
        IReadOnlyList<string> near = family.Length > 0 ? family : NearestName.Of(said, Shown.Select(verb => verb.Name));
        IEnumerable<string> firstWords = Shown.Select(verb => verb.Name.Split(' ')[0]);
        return near.Count > 0 ? near : NearestName.Of(first, firstWords.Concat(commands).Distinct());
    }
}
