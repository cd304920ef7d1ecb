namespace TfgridCompose.LocalGrid.World;

internal sealed record NetworkSecrets(string UserPrivateKey, string UserPublicKey, string NodePrivateKey, string NodePublicKey);
