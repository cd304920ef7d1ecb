namespace TfgridCompose.Core.Deploying.Planning;

/// <summary>A deployment on the grid whose machines are lost, so that it is replaced by name.</summary>
/// <param name="Resource">Terraform's address.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="IsGone">Whether its contract has ended, so that nothing is left that could be lost.</param>
public sealed record LostResource(string Resource, string Reason, bool IsGone);
