using TfgridCompose.LocalGrid.Schemas;
using TfgridCompose.LocalGrid.Values;

namespace TfgridCompose.LocalGrid.Provider;

/// <summary>
/// One resource type. As in the real provider, no attribute forces a replacement: every change is planned in place, and
/// what the grid does not change fails at apply.
/// </summary>
internal abstract class ResourceKind(BlockSchema schema)
{
    public BlockSchema Schema { get; } = schema;

    public virtual IEnumerable<GridDiagnostic> Validate(TerraformObject config) => ConfigValidation.Check(Schema, config);

    /// <summary>Sets values to null that the change makes unknown, and keeps those that it does not touch.</summary>
    public virtual void PlanUpdate(TerraformObject config, TerraformObject prior, TerraformObject planned)
    {
    }

    public abstract ReadResult Read(TerraformObject state);

    /// <param name="planned">What was planned; the values that are set here are in it afterwards.</param>
    /// <param name="prior">The state before a change; null: it is a new one.</param>
    public abstract TerraformObject Apply(TerraformObject planned, TerraformObject? prior);

    public abstract void Delete(TerraformObject state);
}
