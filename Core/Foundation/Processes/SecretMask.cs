using System.Text;

namespace TfgridCompose.Core.Foundation.Processes;

/// <summary>Replaces known secrets, and what is written as a WireGuard key, in everything that is logged or shown.</summary>
public sealed class SecretMask
{
    /// <summary>What a secret is replaced with.</summary>
    public const string Masked = "***";

    private readonly Lock _gate = new();

    // Longest first: a short secret may be part of a long one. Replaced as a whole, so that readers need no lock.
    private volatile string[] _forms = [];

    public void Add(string secret)
    {
        lock (_gate)
        {
            var all = new HashSet<string>(_forms, StringComparer.Ordinal);
            all.UnionWith(SecretForms.Of(secret));
            string[] forms = [.. all];
            Array.Sort(forms, static (one, other) => other.Length.CompareTo(one.Length));
            _forms = forms;
        }
    }

    public string Apply(string text)
    {
        foreach (string form in _forms)
        {
            if (text.Contains(form, StringComparison.Ordinal))
            {
                text = Without(form, text);
            }
        }

        return WrittenKeys.Mask(text);
    }

    /// <summary>Where an unfinished text may be cut without cutting a secret in two.</summary>
    public int CutOf(string text)
    {
        string[] forms = _forms;

        // A secret that begins before this place also ends within the text.
        int cut = forms is [{ } longest, ..] && longest.Length < text.Length ? text.Length - longest.Length + 1 : text.Length;
        for (bool moved = true; moved;)
        {
            moved = false;
            foreach (string form in forms)
            {
                int from = Math.Max(0, cut - form.Length + 1);
                int length = Math.Min(text.Length, cut + form.Length - 1) - from;
                int found = text.IndexOf(form, from, length, StringComparison.Ordinal);
                if (found >= 0 && found < cut)
                {
                    cut = found;
                    moved = true;
                }
            }

            int beforeKey = WrittenKeys.CutOf(text, cut);
            moved |= beforeKey < cut;
            cut = beforeKey;
        }

        return cut > 0 ? cut : text.Length;
    }

    private static string Without(string form, string text)
    {
        var masked = new StringBuilder(text.Length);
        int taken = 0;
        for (int found = text.IndexOf(form, StringComparison.Ordinal); found >= 0;)
        {
            bool isMeant = SecretForms.IsMeant(text, found, form.Length);
            masked.Append(text, taken, found - taken).Append(isMeant ? Masked : form);
            taken = found + form.Length;
            found = text.IndexOf(form, taken, StringComparison.Ordinal);
        }

        return masked.Append(text, taken, text.Length - taken).ToString();
    }
}
