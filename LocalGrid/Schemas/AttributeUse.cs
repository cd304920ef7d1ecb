namespace TfgridCompose.LocalGrid.Schemas;

[Flags]
internal enum AttributeUse
{
    Required = 1,
    Optional = 2,
    Computed = 4,
    OptionalComputed = Optional | Computed,
}
