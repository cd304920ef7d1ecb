namespace TfgridCompose.Core.Records.Index;

/// <summary>The lines of an index, one after the other, as often as they are wanted.</summary>
public interface IIndexLines
{
    /// <summary>The next line without its end, until the next call; false: there is none.</summary>
    bool TryNext(out ReadOnlySpan<byte> line);

    void Rewind();
}
