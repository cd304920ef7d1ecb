namespace TfgridCompose.Patterns.Sdk;

/// <summary>What a pattern may be called, in a manifest, a folder under <c>plugins/</c> and on a command line.</summary>
internal static class PatternName
{
    public const int Longest = 40;

    /// <summary>The rule in words, after "is not made of".</summary>
    public const string Rule = "1 to 40 lower-case letters, digits and dashes, no dash first";

    // Without a regular expression: every listing asks for each of its plugins.
    public static bool IsValid(string? text)
    {
        if (text is null or { Length: 0 or > Longest } || text[0] == '-')
        {
            return false;
        }

        foreach (char letter in text)
        {
            if (!char.IsAsciiLetterLower(letter) && !char.IsAsciiDigit(letter) && letter != '-')
            {
                return false;
            }
        }

        return true;
    }
}
