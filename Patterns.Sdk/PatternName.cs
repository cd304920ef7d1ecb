namespace TfgridCompose.Patterns.Sdk;

/// <summary>The rule for names of patterns, in manifests, folders under <c>plugins/</c> and command lines.</summary>
internal static class PatternName
{
    public const int Longest = 40;

    /// <summary>The rule in words, to follow "is not made of".</summary>
    public const string Rule = "1 to 40 lower-case letters, digits and dashes, without a leading dash";

    // No regular expression: every listing calls this for each plugin.
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
