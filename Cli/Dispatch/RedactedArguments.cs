namespace TfgridCompose.Cli.Dispatch;

/// <summary>A command line for logs and lock holders: the values that <c>--env</c> carries may be secrets.</summary>
internal static class RedactedArguments
{
    private const string Option = "--env";

    public static string Of(IReadOnlyList<string> args)
    {
        bool isValue = false;
        var shown = new List<string>();
        foreach (string arg in args)
        {
            bool carriesOwn = arg.StartsWith($"{Option}=", StringComparison.Ordinal);
            shown.Add(carriesOwn ? $"{Option}={Hidden(arg[(Option.Length + 1)..])}" : isValue ? Hidden(arg) : arg);
            isValue = arg == Option;
        }

        return string.Join(' ', shown);
    }

    private static string Hidden(string assignment) =>
        assignment.Contains('=') ? $"{assignment[..assignment.IndexOf('=')]}=***" : assignment;
}
