namespace TfgridCompose.Cli.Dispatch;

/// <summary>A command line for logs and lock holders: the values that <c>--env</c> carries may be secrets.</summary>
internal static class RedactedArguments
{
    private const string Option = "--env";

    public static string Of(IReadOnlyList<string> args)
    {
        // The option takes values until the next option, as the parser reads it.
        bool isValue = false;
        var shown = new List<string>();
        foreach (string arg in args)
        {
            bool isOption = arg.StartsWith('-');
            bool carriesOwn = arg.StartsWith($"{Option}=", StringComparison.Ordinal);
            shown.Add(carriesOwn ? $"{Option}={Hidden(arg[(Option.Length + 1)..])}" : isValue && !isOption ? Hidden(arg) : arg);
            isValue = arg == Option || (isValue && !isOption);
        }

        return string.Join(' ', shown);
    }

    private static string Hidden(string assignment) =>
        assignment.Contains('=') ? $"{assignment[..assignment.IndexOf('=')]}=***" : assignment;
}
