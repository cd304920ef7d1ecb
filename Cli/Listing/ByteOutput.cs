namespace TfgridCompose.Cli.Listing;

/// <summary>Collects UTF-8 in one small buffer and hands it on when that is full.</summary>
internal sealed class ByteOutput(ByteOutput.Writer writer)
{
    private readonly byte[] _bytes = new byte[32 * 1024];
    private int _length;

    /// <summary>Takes bytes on; false: it cannot.</summary>
    public delegate bool Writer(ReadOnlySpan<byte> bytes);

    /// <summary>Something could not be written.</summary>
    public bool HasFailed { get; private set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _bytes.Length - _length)
        {
            Flush();
        }

        if (bytes.Length > _bytes.Length)
        {
            HasFailed = HasFailed || !writer(bytes);
            return;
        }

        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    public void Flush()
    {
        HasFailed = HasFailed || !writer(_bytes.AsSpan(0, _length));
        _length = 0;
    }
}
