using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Plugins.FolderPatterns;

/// <summary>A check of every machine of a role, in addition to SSH.</summary>
/// <param name="Role">The role.</param>
/// <param name="On">Creates the check of a machine from its name.</param>
internal sealed record CheckSpec(string Role, Func<string, VerificationCheck> On);
