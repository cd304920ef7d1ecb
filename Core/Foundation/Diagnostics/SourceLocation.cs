namespace TfgridCompose.Core.Foundation.Diagnostics;

/// <summary>A place in a file; line and column count from 1.</summary>
public sealed record SourceLocation(string File, int Line, int Column)
{
    public override string ToString() => $"{File}:{Line}:{Column}";
}
