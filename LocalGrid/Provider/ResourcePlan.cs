using TfgridCompose.LocalGrid.Schemas;
using TfgridCompose.LocalGrid.Values;

namespace TfgridCompose.LocalGrid.Provider;

internal sealed record ResourcePlan(TerraformObject? Planned, IReadOnlyList<string> Replacing)
{
    public static ResourcePlan Make(ResourceKind kind, TerraformObject? config, TerraformObject? prior, TerraformObject? proposed)
    {
        if (proposed is null)
        {
            return new ResourcePlan(null, []);
        }

        TerraformObject planned = ObjectShape.Conform(kind.Schema, proposed);
        ObjectShape.ApplyDefaults(kind.Schema, planned);
        if (prior is null)
        {
            ObjectShape.MarkUnknown(kind.Schema, planned);
            return new ResourcePlan(planned, []);
        }

        kind.PlanUpdate(config ?? [], prior, planned);
        if (ValueTree.Same(prior, planned))
        {
            return new ResourcePlan(prior, []);
        }

        ObjectShape.MarkUnknown(kind.Schema, planned);
        IEnumerable<string> replacing = kind.Replacing
            .Where(name => !ValueTree.Same(prior.GetValueOrDefault(name), planned[name]));
        return new ResourcePlan(planned, [.. replacing]);
    }
}
