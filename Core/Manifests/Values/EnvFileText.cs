using System.Text;

namespace TfgridCompose.Core.Manifests.Values;

/// <summary>Writes values as a file for <c>set -a; . file</c> in any POSIX shell. No value is ever executed.</summary>
public static class EnvFileText
{
    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// One assignment per value. Throws <see cref="ArgumentException"/> for a name or value that a shell cannot hold.
    /// </summary>
    public static string Of(IEnumerable<EnvironmentValue> values)
    {
        var file = new StringBuilder();
        foreach (EnvironmentValue value in values)
        {
            file.Append(Line(value)).Append('\n');
        }

        return file.ToString();
    }

    /// <summary>Whether a variable can have the value: no NUL, valid Unicode.</summary>
    public static bool CanHold(string value)
    {
        try
        {
            return !value.Contains('\0') && Strict.GetByteCount(value) >= 0;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }

    private static string Line(EnvironmentValue value)
    {
        string text = value.Value.Reveal();
        if (!VariableName.IsValid(value.Name) || !CanHold(text))
        {
            throw new ArgumentException($"The variable '{value.Name}' cannot be written for a shell.", nameof(value));
        }

        // Inside single quotes a shell takes everything literally, except a single quote.
        return $"{value.Name}='{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
}
