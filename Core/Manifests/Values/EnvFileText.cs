using System.Text;

namespace TfgridCompose.Core.Manifests.Values;

/// <summary>Writes values as a file for <c>set -a; . file</c> in any POSIX shell, which runs nothing of them.</summary>
public static class EnvFileText
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>One assignment a value. Throws <see cref="ArgumentException"/> for a name or value that no shell holds.</summary>
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
            return !value.Contains('\0') && s_strict.GetByteCount(value) >= 0;
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

        // Inside single quotes a shell reads everything as it is, but a single quote itself.
        return $"{value.Name}='{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
}
