namespace TfgridCompose.Core.Tools.Terraform.Source;

internal enum HclTokenKind
{
    Word,
    Text,
    Mark,
    NewLine,
}

/// <param name="Kind">What it is.</param>
/// <param name="Text">The word, the text without its quotes, or the mark's one character.</param>
/// <param name="Offset">Where it begins in the file.</param>
internal sealed record HclToken(HclTokenKind Kind, string Text, int Offset)
{
    public bool Is(char mark) => Kind == HclTokenKind.Mark && Text[0] == mark;
}
