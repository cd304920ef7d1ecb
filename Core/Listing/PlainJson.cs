namespace TfgridCompose.Core.Listing;

/// <summary>
/// Walks over the members of a JSON object, nested ones included. It checks brackets and the ends of strings, but neither
/// commas nor numbers and words. The first use of System.Text.Json takes longer than a whole listing.
/// </summary>
internal ref struct PlainJson(ReadOnlySpan<byte> json)
{
    // As many as the bits of _lists.
    private const int Deepest = 64;

    private readonly ReadOnlySpan<byte> _json = json;
    private int _at;
    private bool _isCut;
    private bool _isOdd;

    // A bit for each open bracket, the innermost lowest: 1 for a list.
    private ulong _lists;

    /// <summary>1 for the members of the outermost object.</summary>
    public int Depth { get; private set; }

    /// <summary>The current member's name, with its escapes.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>A string without its quotes but with its escapes, or a number or word; empty for an object or a list.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    public bool IsString { get; private set; }

    /// <summary>Whether an object or a list follows, which <see cref="Skip"/> passes over.</summary>
    public bool IsNested { get; private set; }

    /// <summary>After the last member: the file is an object that ends where it should.</summary>
    public readonly bool IsWhole => !_isCut && !_isOdd && Depth == 0;

    /// <summary>After the last member: no reader can read it, because it has no end.</summary>
    public readonly bool IsCut => _isCut || (!_isOdd && Depth > 0);

    /// <summary>The current line.</summary>
    public readonly int Line
    {
        get
        {
            int line = 1;
            foreach (byte each in _json[.._at])
            {
                line += each == '\n' ? 1 : 0;
            }

            return line;
        }
    }

    /// <summary>Goes to the next member.</summary>
    public bool Next()
    {
        bool isFirst = _at == 0;
        _isOdd |= isFirst && Peek() != '{';
        for (byte token = Token(); token != 0 && !_isCut && !_isOdd; token = Token())
        {
            if (Depth == 0 && !isFirst)
            {
                // Something follows the object.
                _isOdd = true;
                return false;
            }

            isFirst = false;
            switch (token)
            {
                case (byte)'{' or (byte)'[' or (byte)'}' or (byte)']':
                    Bracket(token);
                    break;
                case (byte)'"':
                    Name = String();
                    if (!_isCut && Peek() == ':')
                    {
                        _at++;
                        ReadValue();
                        return !_isCut;
                    }

                    break;
            }
        }

        return false;
    }

    /// <summary>Passes over a nested value.</summary>
    public void Skip()
    {
        int outside = Depth;
        do
        {
            byte token = Token();
            _isCut |= token == 0;
            if (token is (byte)'{' or (byte)'[' or (byte)'}' or (byte)']')
            {
                Bracket(token);
            }
            else if (token == '"')
            {
                String();
            }
        }
        while (Depth > outside && !_isCut && !_isOdd);
    }

    private void Bracket(byte token)
    {
        uint list = token is (byte)'[' or (byte)']' ? 1u : 0u;
        if (token is (byte)'{' or (byte)'[')
        {
            _lists = (_lists << 1) | list;
            Depth++;
            _isOdd |= Depth > Deepest;
            return;
        }

        _isOdd |= Depth == 0 || (_lists & 1) != list;
        _lists >>= 1;
        Depth--;
    }

    private void ReadValue()
    {
        byte first = Peek();
        IsString = first == '"';
        IsNested = first is (byte)'{' or (byte)'[';
        Value = default;
        if (IsString)
        {
            _at++;
            Value = String();
        }
        else if (!IsNested)
        {
            int start = _at;
            while (_at < _json.Length && _json[_at] is not ((byte)',' or (byte)'}' or (byte)']') && _json[_at] > ' ')
            {
                _at++;
            }

            Value = _json[start.._at];
        }
    }

    // The next byte that is no white space, and goes behind it; 0 at the end.
    private byte Token()
    {
        byte token = Peek();
        _at += token == 0 ? 0 : 1;
        return token;
    }

    private byte Peek()
    {
        while (_at < _json.Length && _json[_at] <= ' ')
        {
            _at++;
        }

        return _at < _json.Length ? _json[_at] : (byte)0;
    }

    // The rest of a string whose opening quote was already read.
    private ReadOnlySpan<byte> String()
    {
        int start = _at;
        int end = EndOfString();
        _at = Math.Min(end + 1, _json.Length);
        return _json[start..end];
    }

    // The closing quote: one with an even number of backslashes before it.
    private int EndOfString()
    {
        for (int at = _at; ; at++)
        {
            int length = _json[at..].IndexOf((byte)'"');
            if (length < 0)
            {
                _isCut = true;
                return _json.Length;
            }

            at += length;
            int backslashes = 0;
            while (_json[at - 1 - backslashes] == '\\')
            {
                backslashes++;
            }

            if (backslashes % 2 == 0)
            {
                return at;
            }
        }
    }
}
