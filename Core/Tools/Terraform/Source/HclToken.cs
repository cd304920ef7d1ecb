namespace TfgridCompose.Core.Tools.Terraform.Source;

internal enum HclTokenKind
{
    Word,
    Text,
    Mark,
    NewLine,
}

/// <param name="Kind">Its kind.</param>
/// <param name="Text">The word, the string without its quotes, or the mark's single character.</param>
/// <param name="Offset">Its offset in the file.</param>
internal sealed record HclToken(HclTokenKind Kind, string Text, int Offset)
{
    public bool Is(char mark) => Kind == HclTokenKind.Mark && Text[0] == mark;
}
