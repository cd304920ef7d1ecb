namespace TfgridCompose.Core.Records.Deployments;

/// <summary>
/// Recognises a line of a secret in a log, without holding it: its length and a keyed hash. See <see cref="SecretPrints"/>.
/// </summary>
/// <param name="Length">In UTF-16 characters.</param>
/// <param name="Hash">Of the deployment's seed and the line.</param>
public sealed record SecretPrint(int Length, string Hash);
