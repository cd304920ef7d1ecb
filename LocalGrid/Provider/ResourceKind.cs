using TfgridCompose.LocalGrid.Schemas;
using TfgridCompose.LocalGrid.Values;

namespace TfgridCompose.LocalGrid.Provider;

/// <summary>One resource type.</summary>
internal abstract class ResourceKind(BlockSchema schema)
{
    public BlockSchema Schema { get; } = schema;

    /// <summary>Attributes whose change needs another resource instead.</summary>
    public virtual IReadOnlyList<string> Replacing => [];

    public virtual IEnumerable<GridDiagnostic> Validate(TerraformObject config) => ConfigValidation.Check(Schema, config);

    /// <summary>Sets to null what the change makes unknown, and carries over what it leaves as it was.</summary>
    public virtual void PlanUpdate(TerraformObject config, TerraformObject prior, TerraformObject planned)
    {
    }

    /// <summary>The state as it is, or null where the resource is gone.</summary>
    public abstract TerraformObject? Read(TerraformObject state);

    public abstract TerraformObject Apply(TerraformObject planned);

    public abstract void Delete(TerraformObject state);
}
