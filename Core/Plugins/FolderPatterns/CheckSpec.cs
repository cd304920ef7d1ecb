using TfgridCompose.Patterns.Sdk;

namespace TfgridCompose.Core.Plugins.FolderPatterns;

/// <summary>A check of every machine of a role, beside SSH.</summary>
/// <param name="Role">The role.</param>
/// <param name="On">The check of one machine, by its name.</param>
internal sealed record CheckSpec(string Role, Func<string, VerificationCheck> On);
