namespace TfgridCompose.Core.Foundation.Processes;

/// <summary>
/// Masks WireGuard keys that follow their name: <c>PrivateKey = ...</c>, or <c>"external_sk":"..."</c> in JSON. The keys need not
/// be known before they are printed.
/// </summary>
internal static class WrittenKeys
{
    // 32 bytes in base64.
    private const int Length = 44;

    // The longest text from the end of a name to the end of its key.
    private const int Reach = 64;
    private const string Between = " \t=:\"'\\";
    private static readonly string[] Names = ["PrivateKey", "privatekey", "PresharedKey", "presharedkey", "external_sk"];

    public static string Mask(string text)
    {
        if (text.Length <= Length)
        {
            return text;
        }

        foreach (string name in Names)
        {
            int at = text.IndexOf(name, StringComparison.Ordinal);
            while (at >= 0)
            {
                int key = KeyAfter(text, at + name.Length);
                text = key < 0 ? text : $"{text[..key]}{SecretMask.Masked}{text[(key + Length)..]}";
                at = text.IndexOf(name, at + name.Length, StringComparison.Ordinal);
            }
        }

        return text;
    }

    /// <summary>
    /// Where an unfinished text may be cut, at most at this place: not within a name, nor between a name and the end of its key.
    /// </summary>
    public static int CutOf(string text, int cut)
    {
        foreach (string name in Names)
        {
            int from = Math.Max(0, cut - name.Length - Reach + 1);
            int length = Math.Min(text.Length, cut + name.Length - 1) - from;
            int at = text.AsSpan(from, length).IndexOf(name, StringComparison.Ordinal);
            if (at >= 0 && from + at < cut)
            {
                cut = from + at;
            }

            for (int begun = name.Length - 1; begun > 0 && cut == text.Length; begun--)
            {
                cut -= text.EndsWith(name[..begun], StringComparison.Ordinal) ? begun : 0;
            }
        }

        return cut;
    }

    private static int KeyAfter(string text, int from)
    {
        while (from < text.Length && Between.Contains(text[from]))
        {
            from++;
        }

        int end = from + Length - 1;
        if (end >= text.Length || text[end] != '=')
        {
            return -1;
        }

        for (int i = from; i < end; i++)
        {
            if (!char.IsAsciiLetterOrDigit(text[i]) && text[i] is not ('+' or '/'))
            {
                return -1;
            }
        }

        return from;
    }
}
