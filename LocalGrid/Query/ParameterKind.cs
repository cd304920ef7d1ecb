namespace TfgridCompose.LocalGrid.Query;

/// <summary>What a parameter of GridProxy holds; lists are separated by commas.</summary>
internal enum ParameterKind
{
    Text,
    Texts,
    Number,
    Numbers,
    Decimal,
    Flag,
}
