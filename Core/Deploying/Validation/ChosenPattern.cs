using TfgridCompose.Core.Manifests.Options;
using TfgridCompose.Core.Plugins.Catalog;
using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Deploying.Validation;

/// <summary>The pattern that the manifest names, loaded, with the options that the manifest gives it.</summary>
internal sealed record ChosenPattern(
    PatternCatalogEntry Entry, IPattern Pattern, PatternDeclaration Declaration, BoundOptions Bound);
