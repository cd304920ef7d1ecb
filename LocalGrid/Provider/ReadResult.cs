using TfgridCompose.LocalGrid.Schemas;
using TfgridCompose.LocalGrid.Values;

namespace TfgridCompose.LocalGrid.Provider;

/// <summary>What a refresh finds. As in the real provider, a resource never leaves the state by itself.</summary>
internal sealed record ReadResult(TerraformObject State)
{
    public GridDiagnostic? Warning { get; init; }
}
