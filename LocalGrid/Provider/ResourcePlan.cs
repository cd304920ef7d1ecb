using TfgridCompose.LocalGrid.Schemas;
using TfgridCompose.LocalGrid.Values;

namespace TfgridCompose.LocalGrid.Provider;

internal static class ResourcePlan
{
    /// <summary>The planned state; null: the resource is to be deleted.</summary>
    public static TerraformObject? Make(ResourceKind kind, TerraformObject? config, TerraformObject? prior, TerraformObject? proposed)
    {
        if (proposed is null)
        {
            return null;
        }

        TerraformObject planned = ObjectShape.Conform(kind.Schema, proposed);
        ObjectShape.ApplyDefaults(kind.Schema, planned);
        if (prior is not null)
        {
            kind.PlanUpdate(config ?? [], prior, planned);
            if (ValueTree.Same(prior, planned))
            {
                return prior;
            }
        }

        ObjectShape.MarkUnknown(kind.Schema, planned);
        return planned;
    }
}
