namespace TfgridCompose.Core.Foundation;

/// <summary>The letters of a text. LINQ over them would be compiled at each start.</summary>
internal static class Letters
{
    /// <summary>Whether every letter is allowed; true for an empty text.</summary>
    public static bool AreAll(string text, Func<char, bool> isAllowed)
    {
        foreach (char letter in text)
        {
            if (!isAllowed(letter))
            {
                return false;
            }
        }

        return true;
    }
}
