using System.Text;

namespace TfgridCompose.Core.Patterns;

/// <summary>
/// Finds the top-level texts and numbers of a JSON object in the plain form that the SDK writes: no escapes but \" and \\. Anything else is
/// left to the real reader. The first use of System.Text.Json takes longer than a whole listing.
/// </summary>
internal ref struct DescriptorScan(ReadOnlySpan<byte> json)
{
    private readonly ReadOnlySpan<byte> _json = json;
    private int _at;

    /// <summary>The members in the file's order, nested ones left out; null: not in the plain form.</summary>
    public List<KeyValuePair<string, string>>? Members()
    {
        var members = new List<KeyValuePair<string, string>>();
        int depth = 0;
        string? key = null;
        while (Next() is var token && token != 0)
        {
            switch (token)
            {
                case (byte)'{' or (byte)'[':
                    (depth, key) = (depth + 1, null);
                    break;
                case (byte)'}' or (byte)']':
                    (depth, key) = (depth - 1, null);
                    break;
                case (byte)'"' when Text(depth) is { } text:
                    key = depth == 1 && key is null && Peek() == ':' ? text : Take(members, key, text);
                    break;
                case (byte)'"':
                    return null;
                case (byte)':' or (byte)',':
                    break;
                default:
                    key = Take(members, key, Bare());
                    break;
            }
        }

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

    private byte Next()
    {
        while (_at < _json.Length && _json[_at] <= ' ')
        {
            _at++;
        }

        return _at < _json.Length ? _json[_at++] : (byte)0;
    }

    private byte Peek()
    {
        byte next = Next();
        _at--;
        return next;
    }

    // Only texts of the top level are made.
    private string? Text(int depth)
    {
        int start = _at;
        bool escaped = false;
        for (; _at < _json.Length && _json[_at] != '"'; _at++)
        {
            if (_json[_at] == '\\')
            {
                escaped = true;
                _at++;
            }
        }

        if (_at >= _json.Length)
        {
            return null;
        }

        ReadOnlySpan<byte> text = _json[start.._at++];
        return depth != 1 ? "" : escaped ? Unescaped(text) : Encoding.UTF8.GetString(text);
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

    private string Bare()
    {
        int start = _at - 1;
        while (_at < _json.Length && _json[_at] is not ((byte)',' or (byte)'}' or (byte)']') && _json[_at] > ' ')
        {
            _at++;
        }

        return Encoding.UTF8.GetString(_json[start.._at]);
    }
}
