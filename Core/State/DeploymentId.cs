using System.Security.Cryptography;

namespace TfgridCompose.Core.State;

/// <summary>Ids of deployments: a letter, then letters and digits, so that they fit Terraform, the grid and file names alike.</summary>
public static class DeploymentId
{
    private const int Length = 9;

    public static string Create() =>
        RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz", 1)
        + RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", Length - 1);
}
