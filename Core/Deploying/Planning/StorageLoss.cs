namespace TfgridCompose.Core.Deploying.Planning;

/// <summary>
/// Storage whose data is lost with the infrastructure's plan, also that of machines that are replaced or removed.
/// </summary>
/// <param name="Resource">Terraform's address of the resource that contains it.</param>
/// <param name="Kind">disk, volume or zdb.</param>
/// <param name="Name">Its name in the resource.</param>
/// <param name="Action">Replace or remove.</param>
public sealed record StorageLoss(string Resource, string Kind, string Name, HostAction Action);
