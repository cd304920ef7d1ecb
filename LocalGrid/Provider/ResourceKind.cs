using TfgridCompose.LocalGrid.Schemas;
using TfgridCompose.LocalGrid.Values;

namespace TfgridCompose.LocalGrid.Provider;

/// <summary>One resource type.</summary>
internal abstract class ResourceKind(BlockSchema schema)
{
    public BlockSchema Schema { get; } = schema;

    /// <summary>Attributes that cannot change: Terraform replaces the resource.</summary>
    public virtual IReadOnlyList<string> Replacing => [];

    public virtual IEnumerable<GridDiagnostic> Validate(TerraformObject config) => ConfigValidation.Check(Schema, config);

    /// <summary>Sets values to null that the change makes unknown, and keeps those that it does not touch.</summary>
    public virtual void PlanUpdate(TerraformObject config, TerraformObject prior, TerraformObject planned)
    {
    }

    /// <summary>The current state, or null if the resource is gone.</summary>
    public abstract TerraformObject? Read(TerraformObject state);

    public abstract TerraformObject Apply(TerraformObject planned);

    public abstract void Delete(TerraformObject state);
}
