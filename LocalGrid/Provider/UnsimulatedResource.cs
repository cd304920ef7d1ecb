using TfgridCompose.LocalGrid.Foundation;
using TfgridCompose.LocalGrid.Schemas;
using TfgridCompose.LocalGrid.Values;

namespace TfgridCompose.LocalGrid.Provider;

/// <summary>A resource that only a paid grid has. Validation says so, before anything is created.</summary>
internal sealed class UnsimulatedResource(string name, BlockSchema schema) : ResourceKind(schema)
{
    public override IEnumerable<GridDiagnostic> Validate(TerraformObject config) =>
        [NotSimulated.Whole($"resource {name}"), .. base.Validate(config)];

    public override ReadResult Read(TerraformObject state) => new(state);

    public override TerraformObject Apply(TerraformObject planned, TerraformObject? prior)
    {
        GridDiagnostic problem = NotSimulated.Whole($"resource {name}");
        throw new GridException(problem.Summary, problem.Detail);
    }

    public override void Delete(TerraformObject state)
    {
    }
}
