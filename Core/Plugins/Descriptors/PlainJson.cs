namespace TfgridCompose.Core.Plugins.Descriptors;

/// <summary>
/// Walks through JSON token by token, without judging where commas stand. The first use of System.Text.Json takes
/// longer than a whole listing.
/// </summary>
internal ref struct PlainJson(ReadOnlySpan<byte> json)
{
    private readonly ReadOnlySpan<byte> _json = json;
    private int _at;

    /// <summary>The line that it has come to.</summary>
    public readonly int Line
    {
        get
        {
            int line = 1;
            foreach (byte each in _json[..Math.Min(_at, _json.Length)])
            {
                line += each == '\n' ? 1 : 0;
            }

            return line;
        }
    }

    /// <summary>The next token's first byte, and behind it; 0 at the end.</summary>
    public byte Next()
    {
        while (_at < _json.Length && _json[_at] <= ' ')
        {
            _at++;
        }

        return _at < _json.Length ? _json[_at++] : (byte)0;
    }

    /// <summary>The next token's first byte, and not behind it.</summary>
    public byte Peek()
    {
        byte next = Next();
        _at -= next == 0 ? 0 : 1;
        return next;
    }

    /// <summary>
    /// The rest of a text whose opening quote was taken, escapes as they stand; false: the file ends in it.
    /// </summary>
    public bool TryText(out ReadOnlySpan<byte> text, out bool hasEscapes)
    {
        int start = _at;
        hasEscapes = false;
        for (; _at < _json.Length && _json[_at] != '"'; _at++)
        {
            if (_json[_at] == '\\')
            {
                hasEscapes = true;
                _at++;
            }
        }

        text = _at < _json.Length ? _json[start.._at] : default;
        return _at++ < _json.Length;
    }

    /// <summary>
    /// To behind the end of an object or list whose first byte was taken; false: the file ends in it. Most of a
    /// descriptor is passed over here.
    /// </summary>
    public bool Skip()
    {
        ReadOnlySpan<byte> json = _json;
        int at = _at;
        int depth = 1;
        for (; at < json.Length && depth > 0; at++)
        {
            switch (json[at])
            {
                case (byte)'"':
                    for (at++; at < json.Length && json[at] != '"'; at++)
                    {
                        at += json[at] == '\\' ? 1 : 0;
                    }

                    break;
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                case (byte)'}' or (byte)']':
                    depth--;
                    break;
            }
        }

        _at = Math.Min(at, json.Length);
        return depth == 0;
    }

    /// <summary>A number or word whose first byte was taken.</summary>
    public ReadOnlySpan<byte> Bare()
    {
        int start = _at - 1;
        while (_at < _json.Length && _json[_at] is not ((byte)',' or (byte)'}' or (byte)']') && _json[_at] > ' ')
        {
            _at++;
        }

        return _json[start.._at];
    }
}
