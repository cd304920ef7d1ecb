using System.Text;

namespace TfgridCompose.Core.Plugins.Descriptors;

/// <summary>
/// Finds the top-level texts and numbers of a JSON object in the plain form that the SDK writes: no escapes but \" and
/// \\. Anything else is left to the real reader.
/// </summary>
internal ref struct DescriptorScan(ReadOnlySpan<byte> json)
{
    private PlainJson _json = new(json);

    /// <summary>
    /// No reader could read it: it is no object, or ends before its end. The real reader would throw, which takes its
    /// time.
    /// </summary>
    public bool IsBroken { get; private set; }

    /// <summary>The line at which it broke off.</summary>
    public readonly int Line => _json.Line;

    /// <summary>The members in the file's order, nested ones left out; null: not in the plain form.</summary>
    public List<KeyValuePair<string, string>>? Members()
    {
        if (_json.Peek() != '{')
        {
            IsBroken = true;
            return null;
        }

        var members = new List<KeyValuePair<string, string>>();
        int depth = 0;
        string? key = null;
        while (_json.Next() is var token && token != 0)
        {
            switch (token)
            {
                case (byte)'{' or (byte)'[' when depth > 0:
                    key = null;
                    depth += _json.Skip() ? 0 : 1;
                    break;
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                case (byte)'}' or (byte)']':
                    (depth, key) = (depth - 1, null);
                    break;
                case (byte)'"' when Text(depth) is { } text:
                    key = depth == 1 && key is null && _json.Peek() == ':' ? text : Take(members, key, text);
                    break;
                case (byte)'"':
                    return null;
                case (byte)':' or (byte)',':
                    break;
                default:
                    ReadOnlySpan<byte> bare = _json.Bare();
                    key = key is null ? null : Take(members, key, Encoding.UTF8.GetString(bare));
                    break;
            }
        }

        IsBroken = depth > 0;
        return depth == 0 && members.Count > 0 ? members : null;
    }

    private static string? Take(List<KeyValuePair<string, string>> members, string? key, string value)
    {
        if (key is not null)
        {
            members.Add(new(key, value));
        }

        return null;
    }

    // Only texts of the top level are made.
    private string? Text(int depth)
    {
        if (!_json.TryText(out ReadOnlySpan<byte> text, out bool hasEscapes))
        {
            IsBroken = true;
            return null;
        }

        return depth != 1 ? "" : hasEscapes ? Unescaped(text) : Encoding.UTF8.GetString(text);
    }

    private static string? Unescaped(ReadOnlySpan<byte> text)
    {
        byte[] plain = new byte[text.Length];
        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && text[++i] is not ((byte)'"' or (byte)'\\'))
            {
                return null;
            }

            plain[length++] = text[i];
        }

        return Encoding.UTF8.GetString(plain, 0, length);
    }
}
